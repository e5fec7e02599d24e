/** Draws a terminal by WebGL where that is fast; the DOM draws until then and wherever it is not. */
import type { Terminal } from '@xterm/xterm';
import { whenIdle } from '../ui/when-idle.ts';

/** Returns what undoes it. The addon is loaded when the page has nothing more urgent to do. */
export function useWebgl(terminal: Terminal): () => void {
  let isWanted = hasFastWebgl();
  let dispose: (() => void) | undefined;
  const load = async (): Promise<void> => {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    if (!isWanted) return;
    try {
      const addon = new WebglAddon();
      // The browser takes contexts away when there are many; the DOM goes on.
      addon.onContextLoss(() => addon.dispose());
      terminal.loadAddon(addon);
      dispose = () => addon.dispose();
    } catch {
      isWanted = false;
    }
  };
  if (isWanted) whenIdle(() => void load().catch(() => undefined));
  return () => {
    isWanted = false;
    dispose?.();
  };
}

/** Software rendering is slower than the DOM; browsers do not always own up to it as a caveat. */
function hasFastWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}
