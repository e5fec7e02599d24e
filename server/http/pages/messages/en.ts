/** The words of the pages in English. Other languages have the same keys: `Messages`. */
import { counted } from '../../../contract/language.ts';

const labs = (count: number): string => counted('en', count, { one: 'lab', other: 'labs' });
const points = (count: number): string => counted('en', count, { one: 'point', other: 'points' });

export const en = {
  labs,
  points,
  pointsOf: (earned: number, possible: number) => `${earned} of ${possible} points`,
  minutes: (count: number) => `${count} min`,
  layers: { application: 'Application', transport: 'Transport', internet: 'Internet', link: 'Link' },
  levels: { beginner: 'Beginner', intermediate: 'Intermediate', advanced: 'Advanced' },
  separator: ', ',
  optional: 'Optional',
  optionalTitle: 'The course is complete without it',

  header: {
    colours: 'Colours: as the system',
    progressTitle: 'Points in the whole course',
    kernelTitle:
      'The networks run in a Linux kernel of their own. It has netem, has one processor, and is slower than the machine’s.',
    progress: ['', ' of ', ' points'] as readonly [before: string, between: string, after: string],
    signedIn: ['Signed in as ', '.'] as readonly [before: string, after: string],
    leaving:
      'Leaving ends your running networks. Your progress hangs on this sign-in: it cannot be opened again afterwards.',
    leave: 'Leave the course',
    site: 'Course',
    language: 'Language',
    glossary: 'Glossary',
    index: 'Index',
  },

  home: {
    skip: 'Skip to the labs',
    noLabs: 'This course has no labs yet.',
    states: { new: 'Not started', started: 'Started', done: 'Done' },
    allDone: (name: string, count: number) => `Well done, ${name}: all ${labs(count)} are finished.`,
    certificate: 'Your certificate',
    welcome: (name: string) => `Welcome, ${name}.`,
    welcomeBack: (name: string) => `Welcome back, ${name}.`,
    labsDone: (done: number, count: number) => `${done} of ${labs(count)} done.`,
    continue: (title: string) => `Continue: ${title}`,
    begin: (title: string) => `Begin: ${title}`,
    next: (title: string) => `Next: ${title}`,
    module: (number: number) => `Module ${number}`,
    extent: (count: number, minutes: number) => `${labs(count)}, about ${minutes} minutes`,
    alsoHere: 'Also here',
    glossaryText: 'Every term of the course in a few sentences, with where to see it.',
    indexText: 'From a topic to the lab and the task that has it.',
    frame: {
      caption: ' on the wire: 18 bytes of request, 54 bytes to get it there.',
      bytes: (count: number) => `${count} bytes`,
    },
  },

  join: {
    name: 'Your name',
    button: 'Join the course',
    note: 'No password, no e-mail. The name is how the course greets you.',
    writeName: 'Write a name.',
    tooLong: 'A name has at most 40 characters.',
  },

  lab: {
    skipToLesson: 'Skip to the lesson',
    skipToNetwork: 'Skip to your network',
    lessonWidth: 'Width of the lesson',
    yourNetwork: 'Your network',
    partsOfPage: 'Parts of this page',
    lesson: 'Lesson',
    terminal: 'Terminal',
    place: 'Place in the course',
    previous: 'Previous lab',
    next: 'Next lab',
    last: 'Last lab',
    arrow: (label: string, title: string) => `${label}: ${title}`,
    backToCourse: 'Back to the course',
    otherLabs: 'Other labs',
    youWillLearn: 'You will learn to',
    contents: 'Contents',
    contentsLabel: 'Contents of this lesson',
    needsScripts: 'The terminals need JavaScript. The lesson reads without it.',
    canBeYours: (nodes: number) => (nodes === 1 ? 'This machine can be yours' : `These ${nodes} machines can be yours`),
    joinToStart: (nodes: number) =>
      `Join to start ${nodes === 1 ? 'it' : 'them'}: a small Linux network of your own, with a terminal on every machine.`,
    sources: 'What this was checked against',
    notTranslated: (language: string) => `This lab is not translated to ${language} yet. You read the original.`,
    behind: 'Parts of the original have changed since this lab was translated.',
    readOriginal: 'Read the original',
  },

  glossary: {
    title: 'Glossary',
    lead: 'The terms of the course in a few sentences each, with where to see them and where to read more.',
    skip: 'Skip to the terms',
    allTerms: 'All terms',
    usedIn: 'In the labs: ',
    empty: 'This course has no glossary.',
  },

  index: {
    title: 'Index',
    lead: 'What each lab teaches, its tasks, and the terms that it uses.',
    skip: 'Skip to the labs',
    topics: 'Topics',
    tasks: 'Tasks',
    terms: 'Terms',
  },

  search: {
    label: 'Search',
  },

  certificate: {
    title: 'Certificate of completion',
    skip: 'Skip to the certificate',
    certifies: 'This certifies that',
    finished: (course: string) => `has finished the course “${course}”`,
    finishedLabs: (count: number, earned: number, possible: number) =>
      `${labs(count)}, ${earned} of ${points(possible)}: with networks of their own, judged from counters, captures and the state of the kernel.`,
    labs: 'Labs that were finished',
    date: 'Finished on',
    code: 'Code',
    check: 'Whoever wants to know whether this is true opens',
    print: 'Print, or save as PDF',
    genuine: 'This certificate was given by this server, and says what it said on the day.',
    notYet: 'Not yet',
    notYetText: (count: number) =>
      count === 1 ? 'One lab is still to be finished:' : `${count} labs are still to be finished:`,
    joinFirst: 'The certificate is for learners who have joined the course and finished its labs.',
    ready: 'Every lab that counts is finished.',
    open: 'Open your certificate',
  },

  author: {
    title: 'No lab yet',
    skip: 'Skip to the text',
    heading: 'There is no lab to show yet',
    text: 'The faults of the file stand in the author’s panel. This page follows as soon as the lab can be used.',
  },

  error: {
    titles: {
      400: 'That request could not be read',
      401: 'Join the course first',
      403: 'This is not yours to open',
      404: 'There is no such page',
      413: 'That was too large',
      429: 'Too many requests',
      500: 'Something broke on the server',
      503: 'The server cannot do this at the moment',
    } as Readonly<Record<number, string>>,
    broke: 'Something broke on the server',
    didNotWork: 'That did not work',
    toCourse: 'To the course',
  },
};

export type Messages = typeof en;
