#!/usr/bin/env bash
# From an empty checkout to a workbench with the main job going on in it, on the built-in faces. Without a display: the same
# work headless, a report folder and a picture of every page.
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
bash packaging/setup.sh
build release

bin=build/release/bin
project=${1:-demo.discern}
recipe=resources/recipes/demo.toml
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "${DISCERN_HEADLESS:-0}" = 0 ]; then
  say "Opening the workbench; the demo is running in it (project: $project)"
  exec "$bin/discern-workbench" "$project" --run "$recipe"
fi

say "No display: doing the same work here (project: $project)"
"$bin/discern" run "$recipe" "$project"
report="$project/exports/report"
say "Writing the report"
QT_QPA_PLATFORM=offscreen "$bin/discern" export "$project" --out "$report"
for theme in light dark; do
  QT_QPA_PLATFORM=offscreen "$bin/discern-workbench" "$project" --screenshots "$report/pages-$theme" --size 1280x800 --theme "$theme"
done
say "Done. Report: $report   Pages as PNG: $report/pages-light, $report/pages-dark"
