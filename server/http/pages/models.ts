/**
 * What the pages show, as plain values. The routes fill these in; the page functions turn them into HTML.
 * Nothing here may hold an answer, a solution or the specification of a check.
 */
import type { AttemptView, LabPageData } from '../../contract/api.ts';
import type { Layer, Level } from '../../course/lab.ts';
import type { Language } from '../../contract/language.ts';
import type { Term } from '../../course/lab.ts';

/** What every page has around it. */
export interface ShellModel {
  readonly courseTitle: string;
  readonly language: Language;
  /** In which the course can be read, this one among them. */
  readonly languages: readonly Language[];
  /** Null for whoever has not joined. */
  readonly learner: { readonly name: string } | null;
  /** Points over the whole course; null for whoever has not joined. */
  readonly progress: PointsModel | null;
  /** Path of this page, for coming back to after joining. */
  readonly path: string;
  /** URLs of the built scripts and styles: `loadAssets` of assets.ts. */
  readonly assets: PageAssets;
  /** The server's clock, milliseconds since the epoch: the page counts down with it, whatever the browser's clock says. */
  readonly nowMs: number;
  /** True for the author of a lab: the page has the author's panel, and is loaded again when the lab changes. */
  readonly isAuthoring?: boolean;
  /** True in User Mode Linux: pages say so, because everything takes longer there. */
  readonly isUserModeKernel?: boolean;
}

export interface PointsModel {
  readonly earned: number;
  readonly possible: number;
}

/** The entries of web/entry. */
export type PageEntry = 'home' | 'lab' | 'theme' | 'author' | 'reference';

export interface PageAssets {
  /** Root-relative URLs. Scripts of `home` and `lab` are modules, `theme` is a classic script that runs before the first paint. */
  readonly script: (entry: PageEntry) => string;
  readonly styles: (entry: PageEntry) => readonly string[];
  /** Modules that the entry imports at once: named in the head so that they load beside it. */
  readonly preloads: (entry: PageEntry) => readonly string[];
}

/** `new`: never opened. `started`: opened, not all points earned. `done`: finished. */
export type LabState = 'new' | 'started' | 'done';

export interface LabSummaryModel {
  /** `<module>/<lab>`, as in the URL `/labs/<id>`. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly level: Level;
  readonly layers: readonly Layer[];
  readonly isOptional?: boolean;
  readonly state: LabState;
  readonly points: PointsModel;
  /** One sentence per kernel feature that this machine lacks and the lab requires; usually empty. */
  readonly missing?: readonly string[];
}

export interface ModuleModel {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly labs: readonly LabSummaryModel[];
}

/** What was wrong with a join form that was sent, and what it held. */
export interface JoinFormModel {
  readonly name: string;
  readonly message: string;
}

export interface HomePageModel {
  readonly shell: ShellModel;
  readonly summary: string;
  readonly modules: readonly ModuleModel[];
  /** True when every lab that counts is finished. */
  readonly hasCertificate?: boolean;
  readonly join?: JoinFormModel;
}

export interface LabLinkModel {
  readonly id: string;
  readonly title: string;
}

export interface LabPageModel {
  readonly shell: ShellModel;
  readonly module: { readonly id: string; readonly title: string } | null;
  readonly lab: {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly minutes: number;
    readonly level: Level;
    readonly layers: readonly Layer[];
    readonly objectives: readonly string[];
    readonly isOptional?: boolean;
    /** What its facts were checked against. */
    readonly sources?: readonly string[];
    /** Of the lesson: another than the page's where the lab was not translated. */
    readonly language: string;
    /** The language of the original, where it has changed since the lesson was translated. */
    readonly newerIn?: string | null;
    /** The lesson as `ResolvedLab.html`: sanitised by course/. */
    readonly html: string;
    readonly missing?: readonly string[];
  };
  readonly topology: LabPageData['topology'];
  readonly recording: LabPageData['recording'];
  /** The terms that the lesson links to. */
  readonly terms?: readonly Pick<Term, 'slug' | 'name' | 'html'>[];
  /** True when nothing but this lab keeps the learner from the certificate. */
  readonly isLastForCertificate?: boolean;
  /** Null for whoever has not joined: the lesson reads fully, a join form stands where the terminals would be. */
  readonly attempt: AttemptView | null;
  readonly previous: LabLinkModel | null;
  readonly next: LabLinkModel | null;
}

export interface TermModel extends Term {
  /** That link to it. */
  readonly labs: readonly LabLinkModel[];
}

export interface GlossaryPageModel {
  readonly shell: ShellModel;
  readonly terms: readonly TermModel[];
}

export interface IndexLabModel extends LabLinkModel {
  readonly layers: readonly Layer[];
  readonly isOptional: boolean;
  readonly objectives: readonly string[];
  readonly tasks: readonly { readonly name: string; readonly title: string }[];
  readonly terms: readonly Pick<Term, 'slug' | 'name'>[];
}

export interface IndexPageModel {
  readonly shell: ShellModel;
  readonly modules: readonly { readonly id: string; readonly title: string; readonly labs: readonly IndexLabModel[] }[];
}

export interface CertificateModel {
  readonly name: string;
  /** Titles. */
  readonly labs: readonly string[];
  readonly earned: number;
  readonly possible: number;
  readonly finishedMs: number;
  readonly code: string;
  /** Where anybody can ask whether it is true. */
  readonly address: string;
}

export interface CertificatePageModel {
  readonly shell: ShellModel;
  /** Null while labs are missing. */
  readonly certificate: CertificateModel | null;
  /** Shown to the learner whose it is. */
  readonly isOwn: boolean;
  readonly missing: readonly LabLinkModel[];
}

export interface ErrorPageModel {
  readonly shell: ShellModel;
  /** The HTTP status. */
  readonly status: number;
  /** What happened, as a sentence. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint?: string;
}
