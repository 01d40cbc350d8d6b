// Make a photo small on the phone: at most 1600 pixels and 300 KB. Drawing it anew drops place and time.
const SIDE = 1600;
const BYTES = 300 * 1024;
const QUALITIES = [0.82, 0.72, 0.6, 0.48, 0.36];

export async function shrink(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    // A HEIC that this browser cannot draw goes as it is; the server reads it and drops place and time.
    if (/heic|heif/i.test(file.type + file.name) && file.size <= 12e6) return file;
    throw new Error('unreadable');
  }
  let blob;
  for (let side = SIDE; ; side = Math.round(side * 0.8)) {
    for (const quality of QUALITIES) {
      blob = await draw(picture, side, quality);
      if (blob.size <= BYTES) return blob;
    }
    if (side < 600) return blob;
  }
}

function draw(picture, side, quality) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('unreadable'))), 'image/jpeg', quality);
  });
}
