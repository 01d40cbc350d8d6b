// A page kept for offline says its own age: the server's words are as old as the page. A kept page may also come while
// the phone believes it has a network, when the server is away; then the hours since the forecast tell.
const OLD_H = 2;
const issued = document.querySelector("[data-issued]");
const hours = issued ? Math.round((Date.now() - Date.parse(issued.dataset.issued)) / 3600000) : 0;
if (issued && (!navigator.onLine || (hours >= OLD_H && !("stale" in issued.dataset)))) {
  const tongue = document.documentElement.lang;
  const words = new Intl.RelativeTimeFormat(tongue, { numeric: "auto" }).format(-hours, "hour");
  const note = document.createElement("p");
  note.className = "note warn";
  note.setAttribute("role", "status");
  const head = navigator.onLine
    ? (tongue === "en" ? "A kept page. Forecast made " : "Halaman simpanan. Prakiraan dibuat ")
    : (tongue === "en" ? "No network. Forecast made " : "Tanpa jaringan. Prakiraan dibuat ");
  note.textContent = head + words + ".";
  issued.before(note);
}
