/** A course that may change while it is served. The usual one is read once; an author's follows the files. */
import type { FaultPlace } from './fault-place.ts';
import type { Course, Diagnostic } from './lab.ts';

export interface CourseFault extends Diagnostic {
  /** The lab on whose page it belongs, and where; null for files without a page. */
  readonly labId: string | null;
  readonly place: FaultPlace | null;
  /** The line of the file; null where there is none. */
  readonly sourceLine: string | null;
}

export interface CourseSource {
  /** A lab that was changed is another value. */
  readonly course: Course;
  readonly faults: readonly CourseFault[];
  /** Called when course or faults are other ones. */
  listen(listener: () => void): Disposable;
}

/** One that never changes. */
export function fixedCourse(course: Course): CourseSource {
  return { course, faults: [], listen: () => ({ [Symbol.dispose]: () => undefined }) };
}
