// The player: what show_video, get_video and a wait for one job have found.
jobPage('heygen-player')
