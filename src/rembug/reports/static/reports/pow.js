// A worker that solves an ALTCHA v2 challenge: the first counter whose derived key begins as asked.
const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));

async function derive(parameters, password) {
  const name = 'PBKDF2';
  const key = await crypto.subtle.importKey('raw', password, name, false, ['deriveBits']);
  const hash = parameters.algorithm.split('/')[1];
  const salt = unhex(parameters.salt);
  const bits = await crypto.subtle.deriveBits({ name, hash, salt, iterations: parameters.cost }, key, parameters.keyLength * 8);
  return new Uint8Array(bits);
}

self.onmessage = async ({ data: challenge }) => {
  const { parameters } = challenge;
  const nonce = unhex(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const view = new DataView(password.buffer);
  for (let counter = 0; ; counter += 1) {
    view.setUint32(nonce.length, counter);
    const key = hex(await derive(parameters, password));
    if (key.startsWith(parameters.keyPrefix)) {
      self.postMessage(btoa(JSON.stringify({ challenge, solution: { counter, derivedKey: key } })));
      return;
    }
  }
};
