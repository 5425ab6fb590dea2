import { PassThrough } from 'node:stream';
import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { openPrompt, type Prompt, type PromptEnd } from '../../../adapters/local/prompt.ts';

const open: Prompt[] = [];
afterEach(() => {
  for (const prompt of open.splice(0)) prompt.close();
});

function start({ isTerminal = false, slow = '' } = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: string[] = [];
  output.setEncoding('utf8').on('data', (text: string) => shown.push(text));
  const answered: string[] = [];
  const ends: PromptEnd[] = [];
  const prompt = openPrompt({
    input,
    output,
    isTerminal,
    prompt: 'ask> ',
    complete: async (line) => ['/barrier ', '/digest '].filter((each) => each.startsWith(line)),
    onLine: async (line) => {
      if (line === slow) await pause(30);
      answered.push(line);
    },
    onEnd: (reason) => ends.push(reason),
  });
  open.push(prompt);
  const ended = async () => {
    while (ends.length === 0) await setImmediate();
    return ends;
  };
  const settle = async (condition: () => boolean) => {
    while (!condition()) await setImmediate();
  };
  return { input, prompt, answered, ends, ended, settle, text: () => shown.join('') };
}

describe('the prompt, from a pipe', () => {
  it('answers lines in their order, however long one takes, and ends after the last', async () => {
    const { input, answered, ended } = start({ slow: 'one' });
    input.end('one\n  \ntwo\r\nthree');
    expect(await ended()).toEqual(['end']);
    expect(answered).toEqual(['one', 'two', 'three']);
  });

  it.each(['exit', 'quit', '/exit', ' BYE '])('leaves at “%s” and answers nothing behind it', async (word) => {
    const { input, answered, ended } = start();
    input.write(`one\n${word}\ntwo\n`);
    expect(await ended()).toEqual(['leave']);
    expect(answered).toEqual(['one']);
  });

  it('writes no prompt and no escape codes', async () => {
    const { input, prompt, ended, text } = start();
    await prompt.write('an answer\n');
    input.end();
    await ended();
    expect(text()).toBe('an answer\n');
  });

  it('says nothing more once it is closed by the program', async () => {
    const { input, prompt, answered, ends } = start();
    prompt.close();
    input.end('one\n');
    await pause(20);
    expect([answered, ends]).toEqual([[], []]);
  });
});

describe('the prompt, at a terminal', () => {
  it('shows itself again after each answer, with what was typed so far', async () => {
    const { input, prompt, text, settle } = start({ isTerminal: true });
    input.write('/barr');
    await settle(() => text().endsWith('/barr'));
    await prompt.write('a digest came\n');
    const behind = () => stripVTControlCharacters(text().split('a digest came\n')[1] ?? '');
    await settle(() => behind() !== '');
    expect(behind()).toBe('ask> /barr');
  });

  it('completes at Tab', async () => {
    const { input, answered, settle } = start({ isTerminal: true });
    input.write('/ba\t');
    await pause(20);
    input.write('\r');
    await settle(() => answered.length > 0);
    expect(answered).toEqual(['/barrier ']);
  });

  it('brings the line before back at Arrow up', async () => {
    const { input, answered, settle } = start({ isTerminal: true });
    input.write('one\r');
    await settle(() => answered.length === 1);
    input.write('\u001b[A\r');
    await settle(() => answered.length === 2);
    expect(answered).toEqual(['one', 'one']);
  });

  it('leaves at Ctrl-C, and ends at Ctrl-D', async () => {
    const first = start({ isTerminal: true });
    first.input.write('\u0003');
    expect(await first.ended()).toEqual(['leave']);
    const second = start({ isTerminal: true });
    second.input.write('\u0004');
    expect(await second.ended()).toEqual(['end']);
    // The shell that goes on stands on a line of its own.
    for (const { text } of [first, second]) expect(text()).toMatch(/ask> .*\n$/);
  });
});
