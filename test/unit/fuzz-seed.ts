/** Property tests try the same values in every run, so that one run is like the next; VETHLAB_FUZZ_SEED chooses others. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['VETHLAB_FUZZ_SEED'] ?? 20_261_122) });
