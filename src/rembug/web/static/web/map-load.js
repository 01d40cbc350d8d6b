// Loads the map once the list can be read: when it comes into view, or after a tap where data is dear or slow.
const box = document.querySelector("[data-map]");
const button = box.querySelector("[data-map-open]");
const nonce = document.querySelector("script[nonce]").nonce;
const net = navigator.connection || {};
const frugal = net.saveData || /(^|-)(2g|3g)$/.test(net.effectiveType || "");

function add(tag, facts) {
  return new Promise((done, failed) => {
    const part = Object.assign(document.createElement(tag), facts, { onload: done, onerror: failed });
    if (tag === "script") part.nonce = nonce;
    document.head.append(part);
  });
}

async function open() {
  button.disabled = true;
  try {
    await Promise.all([
      add("link", { rel: "stylesheet", href: box.dataset.look }),
      add("script", { src: box.dataset.leaflet }),
    ]);
    await add("script", { src: box.dataset.draw });
  } catch {
    button.disabled = false;
    document.querySelector("[data-map-status]").textContent = box.dataset.said.split("|")[4];
  }
}

button.hidden = false;
button.addEventListener("click", open, { once: false });
if (!frugal && "IntersectionObserver" in window) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    open();
  });
  addEventListener("load", () => seen.observe(box));
}
