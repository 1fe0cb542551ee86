/** A rule as one of a list, as rule files and backtests have it. */
export function listed(text) {
  const alone = text.split('\n').find(line => line.trim() && !line.trim().startsWith('#') && line.trim() !== '---') ?? '';
  return alone.startsWith('-') ? text : `-\n${text.split('\n').filter(line => line.trim() !== '---').map(line => `  ${line}`).join('\n')}\n`;
}
