// Where the learner stopped: kept in this browser, for the link that leads back.

export interface Place {
  path: string;
  title: string;
}

const key = 'coldstart.place';

export function rememberPlace(place: Place): void {
  try {
    localStorage.setItem(key, JSON.stringify(place));
  } catch {
    // Without storage the home page offers the first lesson.
  }
}

export function readPlace(): Place | null {
  try {
    const place: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof place !== 'object' || place === null || !('path' in place) || !('title' in place)) return null;
    const { path, title } = place;
    return typeof path === 'string' && path.startsWith('/learn/') && typeof title === 'string' ? { path, title } : null;
  } catch {
    return null;
  }
}
