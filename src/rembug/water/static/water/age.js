// A page kept for offline says its own age: the server's words are as old as the page.
const issued = document.querySelector("[data-issued]");
if (issued && !navigator.onLine) {
  const hours = Math.round((Date.now() - Date.parse(issued.dataset.issued)) / 3600000);
  const tongue = document.documentElement.lang;
  const words = new Intl.RelativeTimeFormat(tongue, { numeric: "auto" }).format(-hours, "hour");
  const note = document.createElement("p");
  note.className = "note warn";
  note.setAttribute("role", "status");
  note.textContent = (tongue === "en" ? "No network. Forecast made " : "Tanpa jaringan. Prakiraan dibuat ") + words + ".";
  issued.before(note);
}
