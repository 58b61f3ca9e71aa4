package tools

import (
	"slices"

	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
	"heygen-mcp/tools/jobs"
)

// coreTools are the tools of the default set: what the everyday requests in testdata/everyday need.
// What it makes it can also find, wait for and delete.
func coreTools() []string {
	return []string{
		"get_current_user", "cast_video", "list_avatar_groups", "list_avatar_looks", "get_avatar_look", "list_voices", "design_voice",
		"estimate_cost", "create_video_from_avatar", "get_video", "wait_for_jobs", "list_jobs", "list_videos", "delete_video",
		"create_asset_upload", "complete_asset_upload", "list_assets", "delete_asset",
		"create_video_agent", "get_video_agent_session", "send_video_agent_message",
		"create_video_translation", "get_video_translation", "list_video_translations", "delete_video_translation",
		"list_video_translation_languages",
		"create_speech", "create_lipsync", "get_lipsync", "list_lipsyncs", "delete_lipsync",
	}
}

// declared is every tool with its toolsets.
func declared(ch *choice.Choice, j *jobs.Jobs, f *finder.Finder) []engine.BoundTool {
	all := append(resources(ch, f),
		resource{jobsResource, func() []engine.BoundTool { return []engine.BoundTool{j.WaitTool(), j.ListTool(), estimateCostTool(ch)} }},
		resource{choice.Apps, func() []engine.BoundTool { return appTools(ch, j) }},
		resource{choice.Discover, ch.DiscoverTools})
	core := coreTools()
	var tools []engine.BoundTool
	kinds := jobKinds()
	waits := []string{choice.Apps} // the sets that have jobs, which need the tool that waits for them; that of pages passes on to those
	for _, r := range all {
		for _, t := range r.tools() {
			t.Toolsets = []string{r.name}
			if t.Preview {
				t.Toolsets = append(t.Toolsets, choice.Previews)
			}
			if isAboutJob(&t, kinds) {
				waits = append(waits, t.Toolsets...)
			}
			if t.Name == "wait_for_jobs" { // which comes after all that have jobs
				slices.Sort(waits)
				t.Toolsets = append(t.Toolsets, slices.Compact(waits)...)
			}
			if slices.Contains(core, t.Name) {
				t.Toolsets = append([]string{Core}, t.Toolsets...)
			}
			if isForPages(&t) {
				t.Toolsets = append(t.Toolsets, choice.Apps)
			}
			t.Page = pageOf(&t)
			tools = append(tools, t)
		}
	}
	return tools
}

// isAboutJob reports whether a tool begins a job or gets one.
func isAboutJob(t *engine.BoundTool, kinds []jobs.Kind) bool {
	return t.Job != "" || slices.ContainsFunc(kinds, func(k jobs.Kind) bool { return k.Get == t.Op })
}

// Toolsets are the names that can be chosen from.
func Toolsets() []string {
	names := []string{Core, All, choice.Previews}
	for _, r := range resources(nil, nil) {
		names = append(names, r.name)
	}
	return append(names, jobsResource, choice.Apps, choice.Discover)
}
