// Resumable upload of many large files: Uppy's dashboard over tus, then one batch.
(() => {
  "use strict";
  const page = document.getElementById("upload");
  if (!page || !window.Uppy) return;
  const { endpoint, finish, language, owner, note, token, failed } = page.dataset;

  // The group outlives a reload: files that go on from where they broke off stay together.
  const KEPT = `liuhen-upload-group-${owner}`;
  const group = localStorage.getItem(KEPT) || fresh();
  localStorage.setItem(KEPT, group);

  const uppy = new Uppy.Uppy({
    autoProceed: false,
    meta: { group },
    locale: language === "en" ? undefined : Uppy.locales?.zh_CN,
    onBeforeFileAdded: (file) => {
      file.meta = { ...file.meta, lastModified: String(file.data.lastModified ?? "") };
      return file;
    },
  });
  uppy.use(Uppy.Dashboard, {
    target: "#drop", inline: true, width: "100%", height: 380, note, fileManagerSelectionType: "both",
    proudlyDisplayPoweredByUppy: false, showProgressDetails: true, hideCancelButton: false,
  });
  uppy.use(Uppy.Tus, {
    endpoint,
    headers: { "X-CSRFToken": token },
    allowedMetaFields: ["name", "relativePath", "group", "lastModified"],
    retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 40000],
    removeFingerprintOnSuccess: true,
  });

  uppy.on("complete", async (result) => {
    if (result.failed.length || !result.successful.length) return;
    const body = new FormData();
    for (const name of ["device_no", "officer"]) {
      body.set(name, document.getElementById(`upload_${name}`).value);
    }
    const answer = await fetch(finish.replace("GROUP", group), {
      method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) return tell(said.message || failed);
    localStorage.removeItem(KEPT);
    busy = false;
    window.location.assign(said.page);
  });

  let busy = false;
  uppy.on("upload", () => { busy = true; });
  uppy.on("cancel-all", () => { busy = false; });
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });

  function tell(text) {
    busy = false;
    const box = document.getElementById("upload-problem");
    box.textContent = text;
    box.hidden = false;
  }

  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
})();
