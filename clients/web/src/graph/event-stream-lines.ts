/** One event of a stream of server-sent events. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

interface Reader {
  /** Takes the next piece of the text, wherever it was cut. */
  push(text: string): void;
}

interface Sink {
  event(event: StreamEvent): void;
  /** The server says when to come back after the stream has ended. */
  retry(waitMs: number): void;
}

/** Reads `text/event-stream` as the HTML standard has it; ids are not looked at, since what is streamed here is a state and not a log. */
export function readEventStream(sink: Sink): Reader {
  let rest = '';
  let event = '';
  let data: string[] = [];

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) sink.event({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return; // A comment keeps the connection awake.
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'retry' && /^\d+$/.test(value)) sink.retry(Number(value));
  }

  return {
    push(text) {
      rest += text;
      // A CR at the very end may be the first half of a CRLF.
      for (;;) {
        const end = /\r\n|\n|\r(?!$)/.exec(rest);
        if (end === null) return;
        const whole = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        line(whole);
      }
    },
  };
}
