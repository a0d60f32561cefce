/**
 * Whether a routing key matches a topic pattern: words between dots, `*` stands for one word, `#` for any number, none included.
 * Walks back to the last `#` only, so a pattern of many `#` costs words × pattern, never more.
 */
export function topicMatcher(pattern: string): (routingKey: string) => boolean {
  const parts = words(pattern);
  return (routingKey) => {
    const key = words(routingKey);
    let part = 0;
    let word = 0;
    let hash = -1;
    let resumeAt = 0;
    while (word < key.length) {
      if (parts[part] === '#') {
        hash = part++;
        resumeAt = word;
      } else if (part < parts.length && (parts[part] === '*' || parts[part] === key[word])) {
        part++;
        word++;
      } else if (hash >= 0) {
        part = hash + 1;
        word = ++resumeAt;
      } else {
        return false;
      }
    }
    while (parts[part] === '#') part++;
    return part === parts.length;
  };
}

/** As RabbitMQ splits: the empty key has no words. */
function words(key: string): readonly string[] {
  return key === '' ? [] : key.split('.');
}
