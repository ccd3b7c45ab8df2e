// Where the phone is, asked for by a press alone. Browsers tell only pages that came over HTTPS.
(() => {
  "use strict";
  const button = document.querySelector("[data-locate]");
  if (!button || !navigator.geolocation || !window.isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const said = button.querySelector("span");
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      (place) => {
        document.getElementById("id_latitude").value = place.coords.latitude.toFixed(6);
        document.getElementById("id_longitude").value = place.coords.longitude.toFixed(6);
        said.textContent = button.dataset.said;
        button.disabled = false;
      },
      () => {
        said.textContent = button.dataset.failed;
        button.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
    );
  });
})();
