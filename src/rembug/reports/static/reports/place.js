// Where: the phone's position, or taps on the picture, or a kelurahan. Nothing needs dragging.
import { say } from './says.js';

const DEGREE_M = 111195;

export function locate(section, done) {
  const button = section.querySelector('[data-locate]');
  if (!navigator.geolocation) return;
  section.querySelector('[data-js]').hidden = false;
  button.onclick = () => {
    tell(section, say('locating'));
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        tell(section, '');
        done({ lon: coords.longitude, lat: coords.latitude, accuracy_m: Math.round(coords.accuracy), located_by: 'gps', area_code: '' });
      },
      () => { button.disabled = false; tell(section, say('noPlace')); },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  };
}

export function tell(section, words) {
  const line = section.querySelector('[data-locate-says]');
  line.textContent = words;
  line.hidden = !words;
}

export function chooseWard(button) {
  const named = document.getElementById('landmark').value.trim().toLowerCase();
  const spots = [...document.querySelectorAll('#landmarks option')];
  const spot = spots.find((one) => one.dataset.ward === button.value && one.value.toLowerCase() === named) || button;
  return { lon: Number(spot.dataset.lon), lat: Number(spot.dataset.lat), located_by: 'area', area_code: button.value, accuracy_m: null };
}

function nearestWard(section, lon, lat) {
  // Frames overlap; the nearest centre is good enough to choose which piece of the map to enlarge.
  const wards = [...section.querySelectorAll('button[name=area_code]')];
  const far = (ward) => Math.hypot((ward.dataset.lon - lon) * Math.cos(lat * Math.PI / 180), ward.dataset.lat - lat);
  return wards.sort((a, b) => far(a) - far(b))[0];
}

function placeOf(frame, x, y, side) {
  const [lon, lat, half] = frame.split(',').map(Number);
  const halfLat = half / DEGREE_M;
  const halfLon = halfLat / Math.cos(lat * Math.PI / 180);
  return [lon + (2 * x / side - 1) * halfLon, lat - (2 * y / side - 1) * halfLat];
}

// The first tap enlarges a piece of the city, the second is the place. Returns the place, or null.
export function tapMap(section, picture, spot) {
  const side = picture.getBoundingClientRect().width;
  if (!spot || (!spot.x && !spot.y)) return null;
  const chosen = section.querySelector('input[name=map_of]');
  const [lon, lat] = placeOf(picture.dataset.frame, spot.x, spot.y, side);
  if (chosen.value) return { lon, lat, located_by: 'map', area_code: '', accuracy_m: null };
  const ward = nearestWard(section, lon, lat);
  chosen.value = ward.value;
  picture.dataset.whole ??= `${picture.getAttribute('src')} ${picture.dataset.frame}`;
  picture.dataset.frame = ward.dataset.frame;
  picture.src = `${picture.getAttribute('src').split('?')[0]}?wilayah=${encodeURIComponent(ward.value)}`;
  picture.onerror = () => { wholeMap(section, picture); tell(section, say('noPlace')); };
  section.querySelector('[data-map-says]').textContent = say('tapAgain');
  return null;
}

export function wholeMap(section, picture) {
  if (!picture.dataset.whole) return;
  [picture.src, picture.dataset.frame] = picture.dataset.whole.split(' ');
  section.querySelector('input[name=map_of]').value = '';
}
