"use strict";

// What is being made is asked after until there is something else to show, and less often where nobody can tell.
const waiting = document.getElementById("waiting");
if (waiting) {
  const usual = 5000, most = 60000;
  let pause = usual;
  const look = async () => {
    try {
      const response = await fetch(waiting.dataset.state, { cache: "no-store" });
      if (response.status === 401 || response.status === 404) {
        location.reload();
        return;
      }
      if (!response.ok) throw new Error(response.statusText);
      const told = await response.json();
      if (!told.under_way) {
        location.reload();
        return;
      }
      const state = document.getElementById("state");
      if (state.textContent !== told.text) state.textContent = told.text;
      pause = usual;
    } catch {
      pause = Math.min(2 * pause, most);
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}

const film = document.getElementById("film");
if (film) {
  const broken = document.getElementById("broken");
  film.addEventListener("error", () => { broken.hidden = false; });
  film.addEventListener("loadedmetadata", () => { broken.hidden = true; });

  const choice = document.getElementById("choice");
  const shown = document.getElementById("shown");
  if (choice) {
    const plain = film.src;
    const show = () => {
      const burned = shown.value !== "track" && shown.value !== "off";
      const wanted = burned ? shown.value : plain;
      for (const track of film.textTracks) track.mode = shown.value === "track" ? "showing" : "hidden";
      if (film.src === wanted) return;
      const at = film.currentTime, played = !film.paused;
      film.src = wanted;
      film.addEventListener("loadedmetadata", () => {
        film.currentTime = at;
        if (played) film.play();
      }, { once: true });
    };
    choice.hidden = false;
    shown.addEventListener("change", show);
    show();
  }
}
