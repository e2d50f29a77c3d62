import { useEffect, useState } from 'preact/hooks';

const channel = new EventTarget();

/** Shows a short message for a few seconds, and has screen readers say it. */
export function announce(message: string): void {
  channel.dispatchEvent(new CustomEvent('message', { detail: message }));
}

/** Where announcements appear: once per page. */
export function Announcements() {
  const [message, setMessage] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (event: Event) => {
      clearTimeout(timer);
      setMessage((event as CustomEvent<string>).detail);
      timer = setTimeout(() => setMessage(''), 5000);
    };
    channel.addEventListener('message', show);
    return () => channel.removeEventListener('message', show);
  }, []);
  return (
    <div class="announcements" role="status" aria-live="polite">
      {message && <p class="announcement">{message}</p>}
    </div>
  );
}
