"use strict";

// Copy buttons are shown only where there is a clipboard: without one they would do nothing.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      const copy = button.textContent;
      if (copy === button.dataset.copied) return;
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = copy; }, 2000);
    });
  }
}

// The demo calls the server as any MCP client does, with the key of an account of the sandbox.
const demo = document.getElementById("demo");
if (demo) {
  demo.hidden = false;
  const make = document.getElementById("make");
  const state = document.getElementById("state");
  const video = document.getElementById("video");

  const call = async (name, args) => {
    const response = await fetch(demo.dataset.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": "application/json, text/event-stream", "X-Api-Key": "sk_sandbox_visitor" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } }),
    });
    const text = await response.text();
    const line = text.startsWith("{") ? text : text.split("\n").filter((l) => l.startsWith("data:")).pop().slice(5);
    const result = JSON.parse(line).result.structuredContent;
    if (result.error) throw new Error(result.message);
    return result;
  };

  make.addEventListener("click", async () => {
    make.disabled = true;
    try {
      state.textContent = demo.dataset.choosing;
      const looks = await call("list_avatar_looks", { limit: 1, ownership: "public" });
      const script = "Hello. This video was made by an agent, through the server that you are looking at.";
      const made = await call("create_video_from_avatar", { avatar_id: looks.items[0].look_id, script, title: "Demo", idempotency_key: "demo-" + Date.now() });
      state.textContent = demo.dataset.rendering;
      for (;;) {
        const told = await call("wait_for_jobs", { ids: [made.video_id] });
        const [done] = told.done || [];
        if (done) {
          state.textContent = demo.dataset.rendered;
          video.src = done.video_url;
          video.hidden = false;
          return;
        }
        if ((told.failed || []).length) throw new Error(demo.dataset.failed);
      }
    } catch (error) {
      state.textContent = error.message;
    } finally {
      make.disabled = false;
    }
  });
}
