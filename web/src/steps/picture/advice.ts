/** What is told about a picture, in plain words. */

import type { Face, FaceReport, Finding, Grade } from '../../api/types';
import { tOr } from '../../i18n/index.svelte';

const ORDER: Record<Grade, number> = { poor: 0, usable: 1, good: 2 };

/** Return what could be better, the worst first; each thing once, though several faces may have it. */
export function advices(report: FaceReport, face: Face | null): Finding[] {
  const all = [...report.findings, ...(face ? face.findings : report.faces.flatMap((one) => one.findings))];
  const worst = new Map<string, Finding>();
  for (const finding of all) {
    const known = worst.get(finding.name);
    if (finding.grade !== 'good' && (!known || ORDER[finding.grade] < ORDER[known.grade]))
      worst.set(finding.name, finding);
  }
  return [...worst.values()].sort((a, b) => ORDER[a.grade] - ORDER[b.grade]);
}

/** Return a finding's advice in the page's language, or as the server says it. */
export const adviceText = (finding: Finding): string => tOr(`picture.finding_${finding.name}`, finding.advice);
