<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Words</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%L1 M/s</source>
        <translation>%L1 M/s</translation>
    </message>
    <message>
        <source>Words are looked for in identity, file, set and media.
Numbers: score&lt;0.3   percentile&gt;=90   own:0.2..0.4
Texts: identity:smith   set:lfw   status:scored   -role:pool   file:&quot;my image&quot;
Decisions: out:everything   verdict:wrong   tag:blurry   note:glasses
Several terms: all of them hold. A leading - turns one round.
Fields: %1</source>
        <translation>Wörter werden in Identität, Datei, Satz und Medium gesucht.
Zahlen: score&lt;0.3   percentile&gt;=90   own:0.2..0.4
Texte: identity:smith   set:lfw   status:scored   -role:pool   file:&quot;my image&quot;
Entscheidungen: out:everything   verdict:wrong   tag:blurry   note:glasses
Mehrere Ausdrücke: alle gelten zugleich. Ein - davor verneint einen.
Felder: %1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a field; there are: %2</source>
        <translation>„%1“ ist kein Feld; es gibt: %2</translation>
    </message>
    <message>
        <source>%1 is a text: write %1:%2</source>
        <translation>%1 ist ein Text: schreiben Sie %1:%2</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a number: write %2&lt;0.3 or %2:0.2..0.4</source>
        <translation>„%1“ ist keine Zahl: schreiben Sie %2&lt;0.3 oder %2:0.2..0.4</translation>
    </message>
    <message>
        <source>mean %L1</source>
        <translation>Mittel %L1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>It is not known whom this image shows.</source>
        <translation>Es ist nicht bekannt, wen dieses Bild zeigt.</translation>
    </message>
    <message>
        <source>There are no features yet: extract them with a base model to see neighbours.</source>
        <translation>Es gibt noch keine Merkmale: Extrahieren Sie sie mit einem Basismodell, um Nachbarn zu sehen.</translation>
    </message>
    <message>
        <source>%1 copy of %2</source>
        <translation>Kopie mit %1 von %2</translation>
    </message>
    <message>
        <source>left out of %1</source>
        <translation>ausgelassen aus: %1</translation>
    </message>
    <message>
        <source>moved from %1</source>
        <translation>verschoben von %1</translation>
    </message>
    <message>
        <source>tagged %1</source>
        <translation>Stichwörter: %1</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>%1 is a %2 of this project: choose another name.</source>
        <translation>%1 ist schon ein %2 dieses Projekts: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>%1 is in this project already: choose another name, or tick Replace.</source>
        <translation>%1 ist schon in diesem Projekt: Wählen Sie einen anderen Namen oder kreuzen Sie „Ersetzen“ an.</translation>
    </message>
    <message>
        <source>%1 is the name of features of this project: choose another name.</source>
        <translation>%1 heißen schon Merkmale dieses Projekts: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>A sample: %L1 of %L2 {subjects}, drawn at random, are on this map.</source>
        <translation>Eine Stichprobe: %L1 von %L2 {subjects+n}, zufällig gezogen, sind auf dieser Karte.</translation>
    </message>
    <message>
        <source>All %L1 {subjects} are on this map.</source>
        <translation>Alle %L1 {subjects} sind auf dieser Karte.</translation>
    </message>
    <message>
        <source>Iteration %L1 of %L2.</source>
        <translation>Iteration %L1 von %L2.</translation>
    </message>
    <message>
        <source>Divergence %L1.</source>
        <translation>Divergenz %L1.</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>running %1</source>
        <translation>läuft, %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>images of identities</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, %L2 degraded copies</source>
        <translation>%1, %L2 verschlechterte Kopien</translation>
    </message>
    <message>
        <source>from the features %1</source>
        <translation>aus den Merkmalen %1</translation>
    </message>
    <message>
        <source>told by a network</source>
        <translation>von einem Netz vorhergesagt</translation>
    </message>
    <message>
        <source>%1 numbers each, by %2</source>
        <translation>je %1 Zahlen, von %2</translation>
    </message>
    <message>
        <source>of the features %1</source>
        <translation>der Merkmale %1</translation>
    </message>
    <message>
        <source>%1 leave the project, with their features and scores. Their files stay on the disk.</source>
        <translation>%1 verlassen das Projekt, mit ihren Merkmalen und Bewertungen. Ihre Dateien bleiben auf der Platte.</translation>
    </message>
    <message>
        <source>A protocol compared nothing else and goes, too: %1.</source>
        <translation>Ein Protokoll verglich nichts anderes und geht mit: %1.</translation>
    </message>
    <message>
        <source>Protocols compared nothing else and go, too: %1.</source>
        <translation>Protokolle verglichen nichts anderes und gehen mit: %1.</translation>
    </message>
    <message>
        <source>Scores of the others were told against these %1, too: score again afterwards.</source>
        <translation>Die Bewertungen der anderen entstanden auch gegen diese %1: Bewerten Sie danach neu.</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Feature tables</source>
        <translation>Merkmalstabellen</translation>
    </message>
    <message>
        <source>Score tables</source>
        <translation>Bewertungstabellen</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Selections</source>
        <translation>Auswahlen</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>feature table</source>
        <translation>Merkmalstabelle</translation>
    </message>
    <message>
        <source>score table</source>
        <translation>Bewertungstabelle</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>What was made of it goes, too: %1.</source>
        <translation>Was daraus gemacht wurde, geht mit: %1.</translation>
    </message>
    <message>
        <source>What was made of them goes, too: %1.</source>
        <translation>Was daraus gemacht wurde, geht mit: %1.</translation>
    </message>
    <message>
        <source>Its result and curves leave every page that shows them.</source>
        <translation>Ergebnis und Kurven verschwinden von jeder Seite, die sie zeigt.</translation>
    </message>
    <message>
        <source>Their files in the project&apos;s folder are deleted.</source>
        <translation>Die Dateien dazu im Ordner des Projekts werden gelöscht.</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>originals and degraded copies</comment>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>1 original</source>
        <translation>1 Original</translation>
    </message>
    <message>
        <source>%1 originals</source>
        <translation>%1 Originale</translation>
    </message>
    <message>
        <source>1 degraded copy</source>
        <translation>1 verschlechterte Kopie</translation>
    </message>
    <message>
        <source>%1 degraded copies</source>
        <translation>%1 verschlechterte Kopien</translation>
    </message>
    <message>
        <source>%1 training</source>
        <comment>identities</comment>
        <translation>%1 zum Training</translation>
    </message>
    <message>
        <source>%1 test</source>
        <comment>identities</comment>
        <translation>%1 zum Test</translation>
    </message>
    <message>
        <source>%1 pool</source>
        <comment>identities</comment>
        <translation>%1 im Pool</translation>
    </message>
    <message>
        <source>no identities</source>
        <translation>keine Identitäten</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 identity</source>
        <translation>%1: Identität</translation>
    </message>
    <message>
        <source>%1 identities</source>
        <translation>Identitäten: %1</translation>
    </message>
    <message>
        <source>{Samples} that cannot be used</source>
        <translation>{Samples}, die nicht verwendet werden können</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>{Identities}</source>
        <translation>{Identities}</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Zusammengelegt</translation>
    </message>
    <message>
        <source>{Samples}</source>
        <translation>{Samples}</translation>
    </message>
    <message>
        <source>Degraded copies</source>
        <translation>Verschlechterte Kopien</translation>
    </message>
    <message>
        <source>Unusable</source>
        <translation>Unbrauchbar</translation>
    </message>
    <message>
        <source>Today %1, merged names counted once and the excluded left out; %2 of them have two or more originals. %3 in all.</source>
        <translation>Heute %1, zusammengelegte Namen einmal gezählt und Ausgeschlossene weggelassen; %2 davon haben zwei oder mehr Originale. %3 insgesamt.</translation>
    </message>
    <message>
        <source>(%1 of %2)</source>
        <translation>(%1 von %2)</translation>
    </message>
    <message>
        <source>1 pair of {identities} is probably one person under two names, neither merged nor excluded; each is the other&apos;s hardest negative.</source>
        <translation>1 Paar {identities} ist wahrscheinlich eine Person unter zwei Namen, weder zusammengelegt noch ausgeschlossen; jede ist für die andere die ähnlichste fremde.</translation>
    </message>
    <message>
        <source>%1 pairs of {identities} are probably one person under two names, neither merged nor excluded; each is the other&apos;s hardest negative.</source>
        <translation>%1 Paare {identities} sind wahrscheinlich je eine Person unter zwei Namen, weder zusammengelegt noch ausgeschlossen; jede ist für die andere die ähnlichste fremde.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Base models and their features</source>
        <translation>Basismodelle und ihre Merkmale</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Input recipe</source>
        <translation>Eingaberezept</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>MMACs</source>
        <translation>MMACs</translation>
    </message>
    <message>
        <source>ms {a sample}</source>
        <translation>ms je {sample}</translation>
    </message>
    <message>
        <source>Extracted (UTC)</source>
        <translation>Extrahiert (UTC)</translation>
    </message>
    <message>
        <source>Networks trained here</source>
        <translation>Hier trainierte Netze</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Trained with</source>
        <translation>Trainiert mit</translation>
    </message>
    <message>
        <source>No model has looked at the {samples} yet.</source>
        <translation>Noch kein Modell hat die {samples} gesehen.</translation>
    </message>
    <message>
        <source>MMACs are millions of multiply-accumulates for one {sample}; a count of FLOPs is twice as large. Times were measured on the machine that ran the job.</source>
        <translation>MMACs sind Millionen Multiplikationen mit Addition für ein {sample}; eine Angabe in FLOPs ist doppelt so groß. Zeiten wurden auf dem Rechner gemessen, auf dem der Auftrag lief.</translation>
    </message>
    <message>
        <source>Rank correlation (Spearman) with the true D-score, on test {identities}</source>
        <translation>Rangkorrelation (Spearman) mit dem wahren D-Score, auf Test-{identities}</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>Wahrheit</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>Within {identities} (mean)</source>
        <translation>Innerhalb der {identities} (Mittel)</translation>
    </message>
    <message>
        <source>Within, originals alone</source>
        <translation>Innerhalb, nur Originale</translation>
    </message>
    <message>
        <source>Test {identities} (several scored)</source>
        <translation>Test-{identities} (mehrere bewertet)</translation>
    </message>
    <message>
        <source>Test {samples} scored</source>
        <translation>Bewertete Test-{samples}</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>{Samples} scored</source>
        <translation>{Samples} bewertet</translation>
    </message>
    <message>
        <source>Raw mean</source>
        <translation>Rohmittel</translation>
    </message>
    <message>
        <source>Raw deviation</source>
        <translation>Rohabweichung</translation>
    </message>
    <message>
        <source>At raw 0</source>
        <translation>Bei roh 0</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>Niedrigste</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>At most %L1</source>
        <translation>Höchstens %L1</translation>
    </message>
    <message>
        <source>No {sample} has a score yet.</source>
        <translation>Noch kein {sample} hat eine Bewertung.</translation>
    </message>
    <message>
        <source>A score is the sigmoid of the standardised raw value. Where no raw value is negative, the score of a raw 0 is the lowest possible: no threshold below it drops anything.</source>
        <translation>Eine Bewertung ist die Sigmoidfunktion des standardisierten Rohwerts. Wo kein Rohwert negativ ist, ist die Bewertung eines rohen 0 die niedrigste mögliche: Keine Schwelle darunter verwirft etwas.</translation>
    </message>
    <message>
        <source>%1 {samples} without a D-score: %2.</source>
        <translation>%1 {samples} ohne D-Score: %2.</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>{Groups}</source>
        <translation>{Groups}</translation>
    </message>
    <message>
        <source>Genuine</source>
        <translation>Echte</translation>
    </message>
    <message>
        <source>Impostor</source>
        <translation>Fremde</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
    <message>
        <source>Switches: %1</source>
        <translation>Schalter: %1</translation>
    </message>
    <message>
        <source>Identification, 1:N</source>
        <translation>Identifikation, 1:N</translation>
    </message>
    <message>
        <source>Nothing was evaluated yet.</source>
        <translation>Noch wurde nichts ausgewertet.</translation>
    </message>
    <message>
        <source>TAR @ F is the share of genuine comparisons accepted where at most F of the impostors are; a dash: too few impostors for that F. In brackets the 95 % interval.</source>
        <translation>TAR @ F ist der Anteil echter Vergleiche, der akzeptiert wird, wo höchstens F der fremden es wird; ein Strich: zu wenige fremde für dieses F. In Klammern das 95-%-Intervall.</translation>
    </message>
    <message>
        <source>Trade-off</source>
        <translation>Abwägung</translation>
    </message>
    <message>
        <source>Run %1: %2, scores %3</source>
        <translation>Lauf %1: %2, Bewertungen %3</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>Aggregation</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>{Samples} kept</source>
        <translation>{Samples} behalten</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>TAR @ %1</source>
        <translation>TAR @ %1</translation>
    </message>
    <message>
        <source>%1, most accurate</source>
        <translation>%1, am genauesten</translation>
    </message>
    <message>
        <source>%1, knee</source>
        <translation>%1, Knie</translation>
    </message>
    <message>
        <source>No thresholds were swept yet.</source>
        <translation>Noch wurden keine Schwellen durchlaufen.</translation>
    </message>
    <message>
        <source>Compute is relative to the base model on every {sample}; what scoring costs is in it. The knee is the proposal: beyond it a little accuracy costs much.</source>
        <translation>Der Aufwand bezieht sich auf das Basismodell auf jedem {sample}; was das Bewerten kostet, ist darin. Das Knie ist der Vorschlag: Jenseits davon kostet wenig Genauigkeit viel.</translation>
    </message>
    <message>
        <source>Every job with all its options, seeds included: the commands below repeat them.</source>
        <translation>Jeder Auftrag mit all seinen Optionen, samt Startwerten: Die Befehle unten wiederholen sie.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Started (UTC)</source>
        <translation>Begonnen (UTC)</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source># run %1, %2
%3</source>
        <translation># Lauf %1, %2
%3</translation>
    </message>
    <message>
        <source>%1 – Discern report</source>
        <translation>%1 – Discern-Bericht</translation>
    </message>
    <message>
        <source>Discern %1, as of %2 UTC</source>
        <translation>Discern %1, Stand %2 UTC</translation>
    </message>
    <message>
        <source>%1%2 points</source>
        <translation>%1%2 Punkte</translation>
    </message>
    <message>
        <source>{Group}</source>
        <translation>{Group}</translation>
    </message>
    <message>
        <source>{Identity}</source>
        <translation>{Identity}</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Worst genuine</source>
        <translation>Schlechtester echter</translation>
    </message>
    <message>
        <source>with</source>
        <comment>whom a template is compared with</comment>
        <translation>mit</translation>
    </message>
    <message>
        <source>Best impostor</source>
        <translation>Bester fremder</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Plain mean: genuine</source>
        <translation>Einfaches Mittel: echter</translation>
    </message>
    <message>
        <source>impostor</source>
        <translation>fremde</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Nothing is measured yet: there are no features, or no protocol to compare.</source>
        <translation>Noch ist nichts gemessen: Es gibt keine Merkmale oder kein Protokoll zum Vergleichen.</translation>
    </message>
    <message>
        <source>Protocol &apos;%1&apos; with features &apos;%2&apos; and no scores: every {sample} is used.</source>
        <translation>Protokoll „%1“ mit Merkmalen „%2“ und ohne Bewertungen: Jedes {sample} wird verwendet.</translation>
    </message>
    <message>
        <source>Of protocol &apos;%1&apos; with features &apos;%2&apos;, {samples} whose score &apos;%3&apos; is not above %4 are left out; {a group} keeps its best one. Those that stay are combined by %5.</source>
        <translation>Vom Protokoll „%1“ mit Merkmalen „%2“ werden {samples}, deren Bewertung „%3“ nicht über %4 liegt, weggelassen; {a group} behält sein bestes. Die bleiben, werden durch %5 zusammengefasst.</translation>
    </message>
    <message>
        <source>What comes of that is not known here.</source>
        <translation>Was sich daraus ergibt, ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>At the operating point</source>
        <translation>Am Betriebspunkt</translation>
    </message>
    <message>
        <source>Plain mean of every {sample}</source>
        <translation>Einfaches Mittel aller {samples}</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>True accept rate at FAR %1</source>
        <translation>Richtigakzeptanzrate bei FAR %1</translation>
    </message>
    <message>
        <source>{Samples} used</source>
        <translation>{Samples} verwendet</translation>
    </message>
    <message>
        <source>Compute, of the base model on every {sample}</source>
        <translation>Aufwand, gegenüber dem Basismodell auf jedem {sample}</translation>
    </message>
    <message>
        <source>Similarity that is accepted</source>
        <translation>Ähnlichkeit, die akzeptiert wird</translation>
    </message>
    <message>
        <source>At a false accept rate of %1 it accepts %2 of the genuine comparisons, %3 against the plain mean of every {sample} (%4), with %5 of the {samples} and %6 of the compute.</source>
        <translation>Bei einer Falschakzeptanzrate von %1 akzeptiert er %2 der echten Vergleiche, %3 gegenüber dem einfachen Mittel aller {samples} (%4), mit %5 der {samples} und %6 des Aufwands.</translation>
    </message>
    <message>
        <source>At a false accept rate of %1 it accepts %2 of the genuine comparisons, %3 against the plain mean of every {sample} (%4), with %5 of the {samples}.</source>
        <translation>Bei einer Falschakzeptanzrate von %1 akzeptiert er %2 der echten Vergleiche, %3 gegenüber dem einfachen Mittel aller {samples} (%4), mit %5 der {samples}.</translation>
    </message>
    <message>
        <source>The protocol has too few impostor comparisons to tell a true accept rate at a false accept rate of %1.</source>
        <translation>Das Protokoll hat zu wenige fremde Vergleiche, um eine Richtigakzeptanzrate bei einer Falschakzeptanzrate von %1 anzugeben.</translation>
    </message>
    <message>
        <source>%1 {groups}, %2 genuine comparisons.</source>
        <translation>%1 {groups}, %2 echte Vergleiche.</translation>
    </message>
    <message>
        <source>The newest evaluation (run %1) is under Evaluation with every aggregation.</source>
        <translation>Die neueste Auswertung (Lauf %1) steht unter Auswertung mit jeder Aggregation.</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Betriebspunkt</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Read at FAR</source>
        <translation>Abgelesen bei FAR</translation>
    </message>
    <message>
        <source>{A sample} whose score is not above the threshold is dropped; {a group} keeps its best one. The weights say how those that stay are combined.</source>
        <translation>{A sample}, dessen Bewertung nicht über der Schwelle liegt, wird verworfen; {a group} behält sein bestes. Die Gewichte sagen, wie die bleibenden zusammengefasst werden.</translation>
    </message>
    <message>
        <source>There is no protocol with features yet.</source>
        <translation>Es gibt noch kein Protokoll mit Merkmalen.</translation>
    </message>
    <message>
        <source>No {group} has a genuine comparison.</source>
        <translation>Kein {group} hat einen echten Vergleich.</translation>
    </message>
    <message>
        <source>By the worst genuine comparison at the operating point (%1); %2 and above is accepted at FAR %3. Kept: share of the {samples} in use. Rank: the place of its own {identity} in a search among all {groups}; 1: found.</source>
        <translation>Nach dem schlechtesten echten Vergleich am Betriebspunkt (%1); ab %2 wird bei FAR %3 akzeptiert. Behalten: Anteil der verwendeten {samples}. Rang: Platz der eigenen {identity} bei einer Suche unter allen {groups+n}; 1: gefunden.</translation>
    </message>
    <message>
        <source>There are too many to rank.</source>
        <translation>Für eine Rangfolge sind es zu viele.</translation>
    </message>
    <message>
        <source>The worst %1</source>
        <translation>Die %1 schlechtesten</translation>
    </message>
    <message>
        <source>The best %1</source>
        <translation>Die %1 besten</translation>
    </message>
    <message>
        <source>The first {samples} of each are beside it.</source>
        <translation>Die ersten {samples} von jedem stehen dabei.</translation>
    </message>
    <message>
        <source>Pictures are left out, since a report travels; --faces or the page&apos;s switch shows them.</source>
        <translation>Bilder sind weggelassen, weil ein Bericht weitergegeben wird; --faces oder der Schalter der Seite zeigt sie.</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>{Samples} left out of everything</source>
        <translation>{Samples} aus allem ausgelassen</translation>
    </message>
    <message>
        <source>{Samples} left out of {groups}</source>
        <translation>{Samples} aus {groups+n} ausgelassen</translation>
    </message>
    <message>
        <source>{Samples} moved to another {identity}</source>
        <translation>{Samples} zu einer anderen {identity} verschoben</translation>
    </message>
    <message>
        <source>Verdict right</source>
        <translation>Urteil richtig</translation>
    </message>
    <message>
        <source>Verdict wrong</source>
        <translation>Urteil falsch</translation>
    </message>
    <message>
        <source>Verdict unsure</source>
        <translation>Urteil unsicher</translation>
    </message>
    <message>
        <source>With a tag</source>
        <translation>Mit Stichwort</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Mit Notiz</translation>
    </message>
    <message>
        <source>{Identities} excluded</source>
        <translation>{Identities} ausgeschlossen</translation>
    </message>
    <message>
        <source>{Identities} merged into another one</source>
        <translation>{Identities} mit einer anderen zusammengelegt</translation>
    </message>
    <message>
        <source>What stands today</source>
        <translation>Was heute gilt</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>Nobody decided anything about {samples} or {identities} yet.</source>
        <translation>Noch hat niemand etwas über {samples} oder {identities} entschieden.</translation>
    </message>
    <message>
        <source>%1 decisions were made, %2 of them stand.</source>
        <translation>%1 Entscheidungen wurden getroffen, %2 davon gelten.</translation>
    </message>
    <message>
        <source>The last %1</source>
        <translation>Die letzten %1</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>What is old</source>
        <translation>Was veraltet ist</translation>
    </message>
    <message>
        <source>Nothing: all that is told here was made of what the project holds today.</source>
        <translation>Nichts: Alles, was hier steht, entstand aus dem heutigen Inhalt des Projekts.</translation>
    </message>
    <message>
        <source>These were made of something that changed since; made again, their numbers may differ.</source>
        <translation>Diese entstanden aus etwas, das sich seither geändert hat; neu gemacht, können ihre Zahlen anders sein.</translation>
    </message>
    <message>
        <source>%1 of %2.</source>
        <translation>%1 von %2.</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Discern, which wrote this</source>
        <translation>Discern, das dies schrieb</translation>
    </message>
    <message>
        <source>Discern, which ran the jobs</source>
        <translation>Discern, das die Aufträge ausführte</translation>
    </message>
    <message>
        <source>Project schema</source>
        <translation>Schema des Projekts</translation>
    </message>
    <message>
        <source>Too few impostors: %L1 cannot support a false accept rate of %2; at least %L3 are needed.</source>
        <translation>Zu wenige fremde: %L1 tragen keine Falschakzeptanzrate von %2; mindestens %L3 sind nötig.</translation>
    </message>
    <message>
        <source>In brackets the 95 % interval.</source>
        <translation>In Klammern das 95-%-Intervall.</translation>
    </message>
    <message>
        <source>Mean of the folds, each at the threshold that is best on the others, and its standard error.</source>
        <translation>Mittel der Teile, jeder an der Schwelle, die auf den anderen die beste ist, und sein Standardfehler.</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>EER</source>
        <translation>EER</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>%1 of the {samples} kept</source>
        <translation>%1 der {samples} behalten</translation>
    </message>
    <message>
        <source>Per {group}.</source>
        <translation>Je {group}.</translation>
    </message>
    <message>
        <source>run: %1</source>
        <translation>Lauf: %1</translation>
    </message>
    <message>
        <source>started: %1</source>
        <translation>begonnen: %1</translation>
    </message>
    <message>
        <source>pAUC %1 (%2): %L3</source>
        <translation>pAUC %1 (%2): %L3</translation>
    </message>
    <message>
        <source>rank correlation of %1 with the true score: %L2 in all, %L3 within identities, %L4 within on originals</source>
        <translation>Rangkorrelation von %1 mit der wahren Bewertung: %L2 insgesamt, %L3 innerhalb der Identitäten, %L4 innerhalb bei Originalen</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Identities</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Strangers</source>
        <translation>Unbekannte</translation>
    </message>
    <message>
        <source>Rank 1</source>
        <translation>Rang 1</translation>
    </message>
    <message>
        <source>Rank 5</source>
        <translation>Rang 5</translation>
    </message>
    <message>
        <source>Rank 10</source>
        <translation>Rang 10</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>Außerdem</translation>
    </message>
    <message>
        <source>distance %1: %2</source>
        <translation>Abstand %1: %2</translation>
    </message>
    <message>
        <source>TPIR @ FPIR %1: %2</source>
        <translation>TPIR @ FPIR %1: %2</translation>
    </message>
    <message>
        <source>top-1 error %1</source>
        <translation>Top-1-Fehler %1</translation>
    </message>
    <message>
        <source>top-5 error %1</source>
        <translation>Top-5-Fehler %1</translation>
    </message>
    <message>
        <source>features %1</source>
        <translation>Merkmale %1</translation>
    </message>
    <message>
        <source>scores %1</source>
        <translation>Bewertungen %1</translation>
    </message>
    <message>
        <source>protocol %1</source>
        <translation>Protokoll %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Teacher %1, %L2 faces</source>
        <translation>Lehrer %1, %L2 Gesichter</translation>
    </message>
    <message>
        <source>%1, of which selection %2 keeps %L3 at λ %L4</source>
        <translation>%1, von denen die Auswahl %2 bei λ %L4 %L3 behält</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Bold: the teacher of the students above it</source>
        <translation>Fett: der Lehrer der Schüler darüber</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>Side of the input in pixels</source>
        <translation>Seite der Eingabe in Pixeln</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>c: classes; s: regression on the selected faces; sc: both; dc: classes, and regression on all faces</source>
        <translation>c: Klassen; s: Regression auf den ausgewählten Gesichtern; sc: beides; dc: Klassen und Regression auf allen Gesichtern</translation>
    </message>
    <message>
        <source>Area under the ROC of the chosen protocol</source>
        <translation>Fläche unter der ROC des gewählten Protokolls</translation>
    </message>
    <message>
        <source>Of the chosen protocol, mean over its folds; a protocol without folds has none</source>
        <translation>Des gewählten Protokolls, Mittel über seine Teile; ein Protokoll ohne Teile hat keine</translation>
    </message>
    <message>
        <source>Params</source>
        <translation>Param.</translation>
    </message>
    <message>
        <source>Parameters, without the softmax that training needs</source>
        <translation>Parameter, ohne die Softmax-Schicht, die das Training braucht</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>The network on disk</source>
        <translation>Das Netz auf der Platte</translation>
    </message>
    <message>
        <source>RAM MB</source>
        <translation>RAM MB</translation>
    </message>
    <message>
        <source>Peak of memory while one face is recognised (Measure costs)</source>
        <translation>Höchster Speicherbedarf, während ein Gesicht erkannt wird („Kosten messen“)</translation>
    </message>
    <message>
        <source>ms/face</source>
        <translation>ms/Gesicht</translation>
    </message>
    <message>
        <source>For one face on one CPU thread</source>
        <translation>Für ein Gesicht in einem CPU-Thread</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Of initial weights, order and perturbations</source>
        <translation>Von Anfangsgewichten, Reihenfolge und Störungen</translation>
    </message>
    <message>
        <source>%L1 M</source>
        <translation>%L1 M</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>Lehrer</translation>
    </message>
    <message>
        <source>rank correlation</source>
        <translation>Rangkorrelation</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>DET</source>
        <translation>DET</translation>
    </message>
    <message>
        <source>No genuine comparison is rejected.</source>
        <translation>Kein echter Vergleich wird abgelehnt.</translation>
    </message>
    <message>
        <source>Error versus discard</source>
        <translation>Fehler gegen Verwerfen</translation>
    </message>
    <message>
        <source>false accept rate</source>
        <translation>Falschakzeptanzrate</translation>
    </message>
    <message>
        <source>true accept rate</source>
        <translation>TAR</translation>
    </message>
    <message>
        <source>false reject rate</source>
        <translation>Falschrückweisungsrate</translation>
    </message>
    <message>
        <source>comparisons discarded</source>
        <translation>verworfene Vergleiche</translation>
    </message>
    <message>
        <source>false non-match rate</source>
        <translation>Falschrückweisungsrate (FNMR)</translation>
    </message>
    <message>
        <source>This evaluation has no error-versus-discard curve.</source>
        <translation>Diese Auswertung hat keine Kurve von Fehler gegen Verwerfen.</translation>
    </message>
    <message>
        <source>too few impostors</source>
        <translation>zu wenige fremde</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>Knie</translation>
    </message>
    <message>
        <source>Accuracy against compute</source>
        <translation>Genauigkeit gegen Aufwand</translation>
    </message>
    <message>
        <source>compute, share of all {samples}</source>
        <translation>Aufwand, Anteil an allen {samples+n}</translation>
    </message>
    <message>
        <source>true accept rate at %1</source>
        <translation>Richtigakzeptanzrate bei %1</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>loss (a few are higher)</source>
        <translation>Verlust (einige sind höher)</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Cumulative match characteristic</source>
        <translation>Kumulative Trefferkurve (CMC)</translation>
    </message>
    <message>
        <source>found at this rank or better</source>
        <translation>bis zu diesem Rang gefunden</translation>
    </message>
    <message>
        <source>UCCS&apos;s classifier has error rates and no ranks.</source>
        <translation>Der Klassifikator von UCCS hat Fehlerraten und keine Ränge.</translation>
    </message>
    <message>
        <source>%1, %2 (run %3)</source>
        <translation>%1, %2 (Lauf %3)</translation>
    </message>
    <message>
        <source>Share of its {samples} that the operating point keeps</source>
        <translation>Anteil der {samples}, die der Betriebspunkt behält</translation>
    </message>
    <message>
        <source>The lowest similarity to another {group} of the same {identity} in the protocol</source>
        <translation>Die niedrigste Ähnlichkeit zu einem anderen {group} derselben {identity} im Protokoll</translation>
    </message>
    <message>
        <source>The highest similarity to {a group} of another {identity} in the protocol</source>
        <translation>Die höchste Ähnlichkeit zu einem {group} einer anderen {identity} im Protokoll</translation>
    </message>
    <message>
        <source>Place of its own {identity} in a search among all {groups} of the protocol; 1: found</source>
        <translation>Platz der eigenen {identity} bei einer Suche unter allen {groups+n} des Protokolls; 1: gefunden</translation>
    </message>
    <message>
        <source>Data sets (%1);;All files (*)</source>
        <translation>Datensätze (%1);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>These {samples} look unaligned: %1. Recognisers take aligned {subjects}: choose a detector.</source>
        <translation>Diese {samples} sehen nicht ausgerichtet aus: %1. Gesichtserkenner nehmen ausgerichtete {subjects}: Wählen Sie einen Detektor.</translation>
    </message>
    <message>
        <source>{Subjects} of a few: %1 photographs, %2 without {a subject}, %3 with several, %4 tiny.</source>
        <translation>{Subjects} in einigen: %1 Fotos, %2 ohne {subject}, %3 mit mehreren, %4 winzig.</translation>
    </message>
    <message>
        <source>Without usable landmarks {subjects} are cropped and not aligned: choose a landmark model.</source>
        <translation>Ohne brauchbare Landmarken werden {subjects} zugeschnitten und nicht ausgerichtet: Wählen Sie ein Landmarkenmodell.</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>{samples}</source>
        <translation>{samples}</translation>
    </message>
    <message>
        <source>Distribution of the scores %1; the line is the operating point&apos;s threshold</source>
        <translation>Verteilung der Bewertungen %1; die Linie ist die Schwelle des Betriebspunkts</translation>
    </message>
    <message>
        <source>%1 of %2 (run %3)</source>
        <comment>a chart</comment>
        <translation>%1 von %2 (Lauf %3)</translation>
    </message>
    <message>
        <source>Receiver operating characteristic</source>
        <translation>Receiver Operating Characteristic (ROC)</translation>
    </message>
    <message>
        <source>Detection error trade-off</source>
        <translation>Detection Error Trade-off (DET)</translation>
    </message>
    <message>
        <source>Error against discarded comparisons</source>
        <translation>Fehler gegen verworfene Vergleiche</translation>
    </message>
    <message>
        <source>Cumulative match characteristic of the newest searches</source>
        <translation>Kumulative Trefferkurve (CMC) der neuesten Suchen</translation>
    </message>
    <message>
        <source>Accuracy against compute of %1 by scores %2 (run %3); the ring is the operating point</source>
        <translation>Genauigkeit gegen Aufwand von %1 nach Bewertungen %2 (Lauf %3); der Ring ist der Betriebspunkt</translation>
    </message>
    <message>
        <source>True accept rate against threshold</source>
        <translation>Richtigakzeptanzrate gegen Schwelle</translation>
    </message>
    <message>
        <source>{Samples} kept and compute against threshold</source>
        <translation>Behaltene {samples} und Aufwand gegen Schwelle</translation>
    </message>
    <message>
        <source>{samples} kept</source>
        <translation>{samples} behalten</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>True accept rate over the threshold of the scores %1 at %2</source>
        <translation>Richtigakzeptanzrate über der Schwelle der Bewertungen %1 bei %2</translation>
    </message>
    <message>
        <source>What %1 keeps and computes over the threshold</source>
        <translation>Was %1 über der Schwelle behält und rechnet</translation>
    </message>
    <message>
        <source>network %1 · run %2</source>
        <translation>Netz %1 · Lauf %2</translation>
    </message>
    <message>
        <source>%1 of the network %2 over its training (run %3)</source>
        <translation>%1 des Netzes %2 während seines Trainings (Lauf %3)</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>its {samples}, lowest first</source>
        <translation>seine {samples}, niedrigste zuerst</translation>
    </message>
    <message>
        <source>The %1 {groups} that match worst, {sample} by {sample}: colour is the score, hatched is what the operating point drops</source>
        <translation>Die %1 {groups}, die am schlechtesten passen, {sample} für {sample}: Farbe ist die Bewertung, schraffiert ist, was der Betriebspunkt verwirft</translation>
    </message>
    <message>
        <source>not part of the selection</source>
        <translation>nicht Teil der Auswahl</translation>
    </message>
    <message>
        <source>no lambda keeps it</source>
        <translation>kein Lambda behält es</translation>
    </message>
    <message>
        <source>kept below λ %1</source>
        <translation>behalten unter λ %1</translation>
    </message>
    <message>
        <source>kept now</source>
        <translation>jetzt behalten</translation>
    </message>
    <message>
        <source>discarded now</source>
        <translation>jetzt verworfen</translation>
    </message>
    <message>
        <source>score %L1</source>
        <translation>Bewertung %L1</translation>
    </message>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>Score the {samples} to put the two rankings side by side.</source>
        <translation>Bewerten Sie die {samples}, um die beiden Rangfolgen nebeneinander zu sehen.</translation>
    </message>
    <message>
        <source>Here no {identity} is discarded in part.</source>
        <translation>Hier wird keine {identity} nur teilweise verworfen.</translation>
    </message>
    <message>
        <source>Rank correlation inside {identities}: %L1.</source>
        <translation>Rangkorrelation innerhalb der {identities}: %L1.</translation>
    </message>
    <message>
        <source>held-out loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>training accuracy</source>
        <translation>Trainingsgenauigkeit</translation>
    </message>
    <message>
        <source>Recognisers</source>
        <translation>Gesichtserkenner</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Rezepte</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Face detectors</source>
        <translation>Gesichtsdetektoren</translation>
    </message>
    <message>
        <source>Landmark models</source>
        <translation>Landmarkenmodelle</translation>
    </message>
    <message>
        <source>%1 (%2);;All files (*)</source>
        <translation>%1 (%2);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1: choose a folder</source>
        <translation>%1: Ordner wählen</translation>
    </message>
    <message>
        <source>%1: choose a file</source>
        <translation>%1: Datei wählen</translation>
    </message>
    <message>
        <source>Empty: %1</source>
        <translation>Leer: %1</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Neues Projekt…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>Projekt s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>&amp;Contents…</source>
        <translation>&amp;Inhalt…</translation>
    </message>
    <message>
        <source>Everything that is in the project, to rename or remove it or make it again</source>
        <translation>Alles, was im Projekt ist, zum Umbenennen, Entfernen oder Neumachen</translation>
    </message>
    <message>
        <source>&amp;Look for replaced or missing files</source>
        <translation>&amp;Ersetzte oder fehlende Dateien suchen</translation>
    </message>
    <message>
        <source>The folder was &amp;moved…</source>
        <translation>Der Ordner wurde &amp;verschoben…</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>Aus&amp;führen</translation>
    </message>
    <message>
        <source>Extracts features, scores every image, evaluates and sweeps: whatever is missing (Ctrl+R)</source>
        <translation>Extrahiert Merkmale, bewertet jedes Bild, wertet aus und durchläuft Schwellen: was noch fehlt (Strg+R)</translation>
    </message>
    <message>
        <source>&amp;Stop jobs</source>
        <translation>Aufträge an&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Export all…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>A&amp;usgabe der Aufträge</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>What the shown page is for, a glossary and the how-to pages</source>
        <translation>Wozu die gezeigte Seite dient, ein Glossar und die Anleitungen</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>&amp;Glossar</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>Every command, page, identity and template by some letters of its name</source>
        <translation>Jeder Befehl, jede Seite, Identität und jedes Template nach einigen Buchstaben des Namens</translation>
    </message>
    <message>
        <source>&amp;About Discern</source>
        <translation>Ü&amp;ber Discern</translation>
    </message>
    <message>
        <source>1 file was looked at; all are there and as they were.</source>
        <translation>1 Datei wurde geprüft; sie ist da und unverändert.</translation>
    </message>
    <message>
        <source>%L1 files were looked at; all are there and as they were.</source>
        <translation>%L1 Dateien wurden geprüft; alle sind da und unverändert.</translation>
    </message>
    <message>
        <source>1 file was replaced, such as %2</source>
        <translation>1 Datei wurde ersetzt, etwa %2</translation>
    </message>
    <message>
        <source>%L1 files were replaced, such as %2</source>
        <translation>%L1 Dateien wurden ersetzt, etwa %2</translation>
    </message>
    <message>
        <source>1 file is missing, such as %2</source>
        <translation>1 Datei fehlt, etwa %2</translation>
    </message>
    <message>
        <source>%L1 files are missing, such as %2</source>
        <translation>%L1 Dateien fehlen, etwa %2</translation>
    </message>
    <message>
        <source>1 file looked at: %2.</source>
        <translation>1 Datei geprüft: %2.</translation>
    </message>
    <message>
        <source>%L1 files looked at: %2.</source>
        <translation>%L1 Dateien geprüft: %2.</translation>
    </message>
    <message>
        <source>%1 What is old now is marked; Make again brings it up to date.</source>
        <translation>%1 Was nun veraltet ist, ist markiert; „Neu machen“ bringt es auf den Stand.</translation>
    </message>
    <message>
        <source>1 file was found at the new place.</source>
        <translation>1 Datei wurde am neuen Ort gefunden.</translation>
    </message>
    <message>
        <source>%L1 files were found at the new place.</source>
        <translation>%L1 Dateien wurden am neuen Ort gefunden.</translation>
    </message>
    <message>
        <source>1 is not there and stays as it was, such as %2.</source>
        <translation>1 ist nicht da und bleibt, wie sie war, etwa %2.</translation>
    </message>
    <message>
        <source>%L1 are not there and stay as they were, such as %2.</source>
        <translation>%L1 sind nicht da und bleiben, wie sie waren, etwa %2.</translation>
    </message>
    <message>
        <source>1 has other contents than before: what is old now is marked.</source>
        <translation>1 hat einen anderen Inhalt als zuvor: Was nun veraltet ist, ist markiert.</translation>
    </message>
    <message>
        <source>%L1 have other contents than before: what is old now is marked.</source>
        <translation>%L1 haben einen anderen Inhalt als zuvor: Was nun veraltet ist, ist markiert.</translation>
    </message>
    <message>
        <source>%1: waiting</source>
        <translation>%1: wartet</translation>
    </message>
    <message>
        <source>%1: starting</source>
        <translation>%1: beginnt</translation>
    </message>
    <message>
        <source>%1: stopping; what is finished is kept</source>
        <translation>%1: hält an; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <translation>%1: fertig in %2</translation>
    </message>
    <message>
        <source>%1: stopped; run it again to go on</source>
        <translation>%1: angehalten; starten Sie es erneut, um fortzufahren</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <comment>a time</comment>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Saved view</source>
        <translation>Gespeicherte Ansicht</translation>
    </message>
    <message>
        <source>a picture of %1 x %2 pixels does not fit into memory; choose a smaller size</source>
        <translation>ein Bild von %1 x %2 Pixeln passt nicht in den Speicher; wählen Sie eine kleinere Größe</translation>
    </message>
    <message>
        <source>.%1: a chart is written as .png, .svg, .pdf or .csv; give the file one of these endings</source>
        <translation>.%1: Ein Diagramm wird als .png, .svg, .pdf oder .csv geschrieben; geben Sie der Datei eine dieser Endungen</translation>
    </message>
    <message>
        <source>chart %1 could not be drawn as %2; choose another format</source>
        <translation>Diagramm %1 ließ sich nicht als %2 zeichnen; wählen Sie ein anderes Format</translation>
    </message>
    <message>
        <source>%1: this folder cannot be made; choose one that you may write to</source>
        <translation>%1: Dieser Ordner lässt sich nicht anlegen; wählen Sie einen, in den Sie schreiben dürfen</translation>
    </message>
    <message>
        <source>%1: a report is written as .html or .pdf; give the file one of these endings</source>
        <translation>%1: Ein Bericht wird als .html oder .pdf geschrieben; geben Sie der Datei eine dieser Endungen</translation>
    </message>
    <message>
        <source>%1: there is nothing to report yet; import images first</source>
        <translation>%1: Noch gibt es nichts zu berichten; importieren Sie zuerst Bilder</translation>
    </message>
    <message>
        <source>%1 is never &apos;%2&apos;; there are: %3</source>
        <translation>%1 ist nie „%2“; es gibt: %3</translation>
    </message>
    <message>
        <source>{identity}</source>
        <translation>{identity}</translation>
    </message>
    <message>
        <source>score (%1)</source>
        <translation>Bewertung (%1)</translation>
    </message>
    <message>
        <source>kept at the operating point</source>
        <translation>am Betriebspunkt behalten</translation>
    </message>
    <message>
        <source>kept at lambda</source>
        <translation>bei Lambda behalten</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>damage</source>
        <translation>Verschlechterung</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>%1 (table)</source>
        <translation>%1 (Tabelle)</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>Teilgruppen</translation>
    </message>
    <message>
        <source>Parts of the comparisons at the one threshold of all. Those marked (few) have fewer than 30 genuine comparisons, or than 3 / FAR impostors.</source>
        <translation>Teile der Vergleiche an der einen Schwelle für alle. Die mit (wenige) markierten haben weniger als 30 echte Vergleiche oder weniger als 3 / FAR fremde.</translation>
    </message>
    <message>
        <source>Features are averaged as they are, so that longer ones count more.</source>
        <translation>Merkmale werden gemittelt, wie sie sind, sodass längere mehr zählen.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 (few)</source>
        <translation>%1 (wenige)</translation>
    </message>
    <message>
        <source>%1 is recognised worst: %2 of its genuine comparisons are accepted, fewer than of the others by more than chance.</source>
        <translation>%1 wird am schlechtesten erkannt: %2 der echten Vergleiche werden akzeptiert, weniger als bei den anderen und nicht nur durch Zufall.</translation>
    </message>
    <message>
        <source>%1 has the lowest true accept rate, %2, but that may be chance.</source>
        <translation>%1 hat die niedrigste Richtigakzeptanzrate, %2, aber das kann Zufall sein.</translation>
    </message>
    <message>
        <source>Protocol %1, features %2, %3; one threshold for all, %4, at FAR %5 of all comparisons (TAR %6); run %7.</source>
        <translation>Protokoll %1, Merkmale %2, %3; eine Schwelle für alle, %4, bei FAR %5 aller Vergleiche (TAR %6); Lauf %7.</translation>
    </message>
    <message>
        <source>scores %1, %2</source>
        <translation>Bewertungen %1, %2</translation>
    </message>
    <message>
        <source>%1 comparisons are across parts, or of what nobody knows.</source>
        <translation>%1 Vergleiche gehen über Teilgruppen hinweg oder betreffen, was nicht bekannt ist.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>TAR (95 %)</source>
        <translation>TAR (95 %)</translation>
    </message>
    <message>
        <source>FAR (95 %)</source>
        <translation>FAR (95 %)</translation>
    </message>
    <message>
        <source>%1 (%2 … %3)</source>
        <translation>%1 (%2 … %3)</translation>
    </message>
    <message>
        <source>True accept rate, with 95 % intervals</source>
        <translation>Richtigakzeptanzrate, mit 95-%-Intervallen</translation>
    </message>
    <message>
        <source>False accept rate, with 95 % intervals</source>
        <translation>Falschakzeptanzrate, mit 95-%-Intervallen</translation>
    </message>
    <message>
        <source>Genuine comparisons</source>
        <translation>Echte Vergleiche</translation>
    </message>
    <message>
        <source>Impostor comparisons</source>
        <translation>Fremde Vergleiche</translation>
    </message>
    <message>
        <source>similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>share of the part&apos;s</source>
        <translation>Anteil in der Teilgruppe</translation>
    </message>
    <message>
        <source>Error versus discard inside each part</source>
        <translation>Fehler gegen Verwerfen in jeder Teilgruppe</translation>
    </message>
    <message>
        <source>No part has genuine comparisons enough, or there are no scores.</source>
        <translation>Keine Teilgruppe hat genug echte Vergleiche, oder es gibt keine Bewertungen.</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>%1 · run %2</source>
        <translation>%1 · Lauf %2</translation>
    </message>
    <message>
        <source>accepted from %L1</source>
        <translation>akzeptiert ab %L1</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>asked for, of all</source>
        <translation>verlangt, von allen</translation>
    </message>
    <message>
        <source>%1 by %2 (run %3)</source>
        <comment>a chart</comment>
        <translation>%1 nach %2 (Lauf %3)</translation>
    </message>
    <message>
        <source>True accept rates</source>
        <translation>Richtigakzeptanzraten</translation>
    </message>
    <message>
        <source>False accept rates</source>
        <translation>Falschakzeptanzraten</translation>
    </message>
    <message>
        <source>about %1 for all steps</source>
        <translation>etwa %1 für alle Schritte</translation>
    </message>
    <message>
        <source>TAR % at FAR %1</source>
        <translation>TAR % bei FAR %1</translation>
    </message>
    <message>
        <source>Features %1.</source>
        <translation>Merkmale %1.</translation>
    </message>
    <message>
        <source>1 decision was made, and stands.</source>
        <translation>Eine Entscheidung wurde getroffen und gilt.</translation>
    </message>
    <message>
        <source>1 decision was made, and taken back.</source>
        <translation>Eine Entscheidung wurde getroffen und zurückgenommen.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>{Groups} of protocol %1: %L2, by %3 at threshold %L4.</source>
        <translation>{Groups} des Protokolls %1: %L2, mit %3 bei Schwelle %L4.</translation>
    </message>
    <message>
        <source>{Samples} of them: %L1; kept: %L2 (%3).</source>
        <translation>Deren {samples}: %L1; behalten: %L2 (%3).</translation>
    </message>
    <message>
        <source>Without a score or feature: %L1; {groups} without {a sample}: %L2.</source>
        <translation>Ohne Bewertung oder Merkmal: %L1; {groups} ohne {samples}: %L2.</translation>
    </message>
    <message>
        <source>DDNet %1 on all of them: %2. Base model %3 on the kept ones: %4.</source>
        <translation>DDNet %1 auf allen: %2. Basismodell %3 auf den behaltenen: %4.</translation>
    </message>
    <message>
        <source>The base model on all: %1 (measured on %L2 of %L3 dropped ones). That is %4 of its time and %5 of its multiply-accumulates.</source>
        <translation>Das Basismodell auf allen: %1 (gemessen an %L2 von %L3 verworfenen). Es waren %4 seiner Zeit und %5 seiner Multiply-Accumulates.</translation>
    </message>
    <message>
        <source>{Groups} are in %1: %2 of the {samples} kept, %3 of the base model&apos;s time.</source>
        <translation>{Groups} stehen in %1: %2 der {samples} behalten, %3 der Zeit des Basismodells.</translation>
    </message>
    <message>
        <source>{Groups} are in %1: %2 of the {samples} kept.</source>
        <translation>{Groups} stehen in %1: %2 der {samples} behalten.</translation>
    </message>
    <message>
        <source>mAP %1</source>
        <translation>mAP %1</translation>
    </message>
    <message>
        <source>rank 20 %1</source>
        <translation>Rang 20 %1</translation>
    </message>
    <message>
        <source>mAP with queries out %1</source>
        <translation>mAP ohne Suchanfragen in der Galerie %1</translation>
    </message>
    <message>
        <source>%1 as they are</source>
        <translation>%1, wie sie sind</translation>
    </message>
    <message>
        <source>No part has comparisons enough to be called the worst.</source>
        <translation>Keine Teilgruppe hat genug Vergleiche, um die schlechteste zu heißen.</translation>
    </message>
    <message>
        <source>%1 has the lowest true accept rate, %2; there are too few comparisons to call it the worst.</source>
        <translation>%1 hat die niedrigste Richtigakzeptanzrate, %2; um sie die schlechteste zu nennen, sind es zu wenige Vergleiche.</translation>
    </message>
    <message>
        <source>To be called the worst, it and another part need %L1 genuine and %2 impostor comparisons (3 / FAR) each.</source>
        <translation>Um die schlechteste zu heißen, brauchen sie und eine weitere Teilgruppe je %L1 echte und %2 fremde Vergleiche (3 / FAR).</translation>
    </message>
    <message>
        <source>1 comparison is across parts, or of what nobody knows.</source>
        <translation>1 Vergleich geht über Teilgruppen hinweg oder ist von etwas, das niemand kennt.</translation>
    </message>
    <message>
        <source>%1, of which selection %2 keeps %L3</source>
        <translation>%1, von denen die Auswahl %2 %L3 behält</translation>
    </message>
    <message>
        <source>Net MB</source>
        <translation>Netz MB</translation>
    </message>
    <message>
        <source>Memory that recognising one face takes: weights and workspace, counted (Measure costs)</source>
        <translation>Speicher, den das Erkennen eines Gesichts braucht: Gewichte und Arbeitsspeicher, gezählt (Kosten messen)</translation>
    </message>
    <message>
        <source>GPU ms</source>
        <translation>GPU ms</translation>
    </message>
    <message>
        <source>For one face alone on a GPU (discern cost --device cuda)</source>
        <translation>Für ein einzelnes Gesicht auf einer GPU (discern cost --device cuda)</translation>
    </message>
    <message>
        <source>1 pair</source>
        <translation>1 Paar</translation>
    </message>
    <message>
        <source>%L1 pairs</source>
        <translation>%L1 Paare</translation>
    </message>
    <message>
        <source>protocol %1 with %2 in %3 folds</source>
        <translation>Protokoll %1 mit %2 in %3 Teilen</translation>
    </message>
    <message>
        <source>protocol %1 with %2</source>
        <translation>Protokoll %1 mit %2</translation>
    </message>
    <message>
        <source>no share keeps it</source>
        <translation>kein Anteil behält es</translation>
    </message>
    <message>
        <source>kept as number %L1</source>
        <translation>wird als Nummer %L1 behalten</translation>
    </message>
    <message>
        <source>the first %1</source>
        <translation>die ersten %1</translation>
    </message>
    <message>
        <source>Not among the {samples} that the window shows: %L1.</source>
        <translation>Nicht unter den {samples+n}, die das Fenster zeigt: %L1.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Show in Inspector</source>
        <translation>Im Inspektor zeigen</translation>
    </message>
    <message>
        <source>top-1 %1</source>
        <translation>Top-1 %1</translation>
    </message>
    <message>
        <source>top-5 %1</source>
        <translation>Top-5 %1</translation>
    </message>
    <message>
        <source>compute %1</source>
        <translation>Rechenaufwand %1</translation>
    </message>
    <message>
        <source>pAUC (95 %)</source>
        <translation>pAUC (95 %)</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>Noch nichts verglichen.</translation>
    </message>
    <message>
        <source>Scores of both sides say which comparisons would be discarded first.</source>
        <translation>Bewertungen beider Seiten sagen, welche Vergleiche zuerst verworfen würden.</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>of the plain mean</source>
        <translation>des einfachen Mittels</translation>
    </message>
    <message>
        <source>How much being alike counts against looking like others, on a logarithmic scale: to the right more {samples} are kept.</source>
        <translation>Wie viel Ähnlichkeit untereinander gegenüber Ähnlichkeit mit anderen zählt, logarithmisch: Nach rechts werden mehr {samples} behalten.</translation>
    </message>
    <message>
        <source>Left out of the %L1 discarded {samples}: %L2 of {identities} that are discarded whole, which says nothing about an order, and %L3 without a score.</source>
        <translation>Von den %L1 verworfenen {samples+n} fehlen hier: %L2 von {identities}, die ganz verworfen sind, was über eine Reihenfolge nichts sagt, und %L3 ohne Bewertung.</translation>
    </message>
    <message>
        <source>Left out of the %L1 discarded {samples}: %L2 of {identities} that are discarded whole, which says nothing about an order.</source>
        <translation>Von den %L1 verworfenen {samples+n} fehlen hier: %L2 von {identities}, die ganz verworfen sind, was über eine Reihenfolge nichts sagt.</translation>
    </message>
    <message>
        <source>Left out of the %L1 discarded {samples}: %L2 without a score.</source>
        <translation>Von den %L1 verworfenen {samples+n} fehlen hier: %L2 ohne Bewertung.</translation>
    </message>
    <message>
        <source>No scored {sample} is discarded here.</source>
        <translation>Kein bewertetes {sample} ist hier verworfen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; of %L2 discarded {samples} are also among as many lowest scores of %3 (%4 by chance).</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; von %L2 verworfenen {samples+n} sind auch unter ebenso vielen niedrigsten Bewertungen von %3 (%4 durch Zufall).</translation>
    </message>
    <message>
        <source>take back in</source>
        <translation>wieder aufnehmen</translation>
    </message>
    <message>
        <source>leave out of {groups}</source>
        <translation>aus {groups+n} auslassen</translation>
    </message>
    <message>
        <source>leave out of everything</source>
        <translation>aus allem auslassen</translation>
    </message>
    <message>
        <source>move to %1</source>
        <translation>zu %1 verschieben</translation>
    </message>
    <message>
        <source>move back</source>
        <translation>zurückverschieben</translation>
    </message>
    <message>
        <source>mark right</source>
        <translation>als richtig markieren</translation>
    </message>
    <message>
        <source>mark wrong</source>
        <translation>als falsch markieren</translation>
    </message>
    <message>
        <source>mark unsure</source>
        <translation>als unsicher markieren</translation>
    </message>
    <message>
        <source>no verdict</source>
        <translation>Urteil zurücknehmen</translation>
    </message>
    <message>
        <source>tag %1</source>
        <translation>mit Stichwort %1 versehen</translation>
    </message>
    <message>
        <source>untag %1</source>
        <translation>Stichwort %1 wegnehmen</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>clear note</source>
        <translation>Notiz löschen</translation>
    </message>
    <message>
        <source>marks of %1</source>
        <translation>Markierungen aus %1</translation>
    </message>
    <message>
        <source>role train</source>
        <translation>Rolle Training</translation>
    </message>
    <message>
        <source>role test</source>
        <translation>Rolle Test</translation>
    </message>
    <message>
        <source>role pool</source>
        <translation>Rolle Pool</translation>
    </message>
    <message>
        <source>exclude</source>
        <translation>ausschließen</translation>
    </message>
    <message>
        <source>merge %1 into %2</source>
        <translation>%1 mit %2 zusammenlegen</translation>
    </message>
    <message>
        <source>take the merge of %1 back</source>
        <translation>Zusammenlegung von %1 zurücknehmen</translation>
    </message>
    <message>
        <source>different: %1 and %2</source>
        <translation>verschieden: %1 und %2</translation>
    </message>
    <message>
        <source>unsure: %1 and %2</source>
        <translation>unsicher: %1 und %2</translation>
    </message>
    <message>
        <source>no verdict: %1 and %2</source>
        <translation>kein Urteil: %1 und %2</translation>
    </message>
    <message>
        <source>%1: 1 {sample}</source>
        <translation>%1: 1 {sample}</translation>
    </message>
    <message>
        <source>%1: 1 {identity}</source>
        <translation>%1: 1 {identity}</translation>
    </message>
    <message>
        <source>%1: %2 {samples}</source>
        <translation>%1: %2 {samples}</translation>
    </message>
    <message>
        <source>%1: %2 {identities}</source>
        <translation>%1: %2 {identities}</translation>
    </message>
    <message>
        <source>Fine-tuned from</source>
        <translation>Feinabgestimmt aus</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>At %1 m</source>
        <translation>Bei %1 m</translation>
    </message>
    <message>
        <source>At all distances</source>
        <translation>Bei allen Entfernungen</translation>
    </message>
    <message>
        <source>Reduction from</source>
        <translation>Reduktion aus</translation>
    </message>
    <message>
        <source>Top-1 error</source>
        <translation>Top-1-Fehler</translation>
    </message>
    <message>
        <source>Top-5 error</source>
        <translation>Top-5-Fehler</translation>
    </message>
    <message>
        <source>own layer</source>
        <translation>eigene Schicht</translation>
    </message>
    <message>
        <source>random weights</source>
        <translation>zufällige Gewichte</translation>
    </message>
    <message>
        <source>reduction from the student&apos;s own layer</source>
        <translation>Reduktion aus der eigenen Schicht des Schülers</translation>
    </message>
    <message>
        <source>reduction from random weights</source>
        <translation>Reduktion aus zufälligen Gewichten</translation>
    </message>
    <message>
        <source>%1 (run %2)</source>
        <translation>%1 (Lauf %2)</translation>
    </message>
    <message>
        <source>metres to the camera</source>
        <translation>Meter bis zur Kamera</translation>
    </message>
    <message>
        <source>best guesses that count</source>
        <translation>beste Vermutungen, die zählen</translation>
    </message>
    <message>
        <source>found first</source>
        <translation>zuerst gefunden</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Die Tabelle speichern</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>As they are compared today: after merges, exclusions and what was left out.</source>
        <translation>Wie sie heute verglichen werden: nach Zusammenlegungen, Ausschlüssen und dem, was ausgelassen wurde.</translation>
    </message>
    <message>
        <source>Runs that knew other decisions than today&apos;s; their numbers are told here as they were: %1.</source>
        <translation>Läufe, die andere Entscheidungen kannten als die heutigen; ihre Zahlen stehen hier, wie sie waren: %1.</translation>
    </message>
    <message>
        <source>%L1 of its %L2 {groups} are of training {identities}: a network that was trained on them is flattered</source>
        <translation>%L1 von %L2 {groups+n} sind von Trainings-{identities+n}: Ein Netz, das mit ihnen trainiert wurde, kommt zu gut weg</translation>
    </message>
    <message>
        <source>false non-match rate at FMR %1</source>
        <translation>Falschrückweisungsrate (FNMR) bei FMR %1</translation>
    </message>
    <message>
        <source>%L1: %2 of all scored {samples} lie above</source>
        <translation>%L1: %2 aller bewerteten {samples} liegen darüber</translation>
    </message>
    <message>
        <source>Too few impostors. %1</source>
        <translation>Zu wenige fremde Vergleiche. %1</translation>
    </message>
</context>
<context>
    <name>discern::ui::BenchmarkPanel</name>
    <message>
        <source>No student was sent through this benchmark yet.</source>
        <translation>Noch kein Schüler wurde durch diesen Benchmark geschickt.</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>SCface: mugshots found in pictures of cameras at three distances. UCCS: a classifier of the {identities} with most pictures.</source>
        <translation>SCface: Porträts, in Bildern von Kameras bei drei Entfernungen gefunden. UCCS: ein Klassifikator der {identities} mit den meisten Bildern.</translation>
    </message>
    <message>
        <source>The student, or a teacher&apos;s features</source>
        <translation>Der Schüler oder die Merkmale eines Lehrers</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Tabelle speichern…</translation>
    </message>
    <message>
        <source>The imported set with the benchmark&apos;s {identities}</source>
        <translation>Der importierte Satz mit den {identities+n} des Benchmarks</translation>
    </message>
    <message>
        <source>Tested {identities}</source>
        <translation>Getestete {identities}</translation>
    </message>
    <message>
        <source>How many {identities} take part, for sets with fewer than were published.</source>
        <translation>Wie viele {identities} teilnehmen, für Sätze mit weniger als veröffentlicht.</translation>
    </message>
    <message>
        <source>as published</source>
        <translation>wie veröffentlicht</translation>
    </message>
    <message>
        <source>Where the reduction starts; random weights are the baseline</source>
        <translation>Womit die Reduktion beginnt; zufällige Gewichte sind der Vergleich</translation>
    </message>
    <message>
        <source>own layer</source>
        <translation>eigene Schicht</translation>
    </message>
    <message>
        <source>random weights</source>
        <translation>zufällige Gewichte</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>So many {identities} of the set get the role train, by chance; the others are tested.</source>
        <translation>So viele {identities} des Satzes bekommen zufällig die Rolle train; die anderen werden getestet.</translation>
    </message>
    <message>
        <source>Fine-tune…</source>
        <translation>Feinabstimmen…</translation>
    </message>
    <message>
        <source>Puts into the form on the left what trains this student further on the set&apos;s training {identities}.</source>
        <translation>Setzt links in das Formular ein, was diesen Schüler mit den Trainings-{identities+n} des Satzes weiter trainiert.</translation>
    </message>
    <message>
        <source>Identify</source>
        <translation>Identifizieren</translation>
    </message>
    <message>
        <source>Extracts the student&apos;s features first, where there are none yet.</source>
        <translation>Extrahiert zuerst die Merkmale des Schülers, wo es noch keine gibt.</translation>
    </message>
    <message>
        <source>Students in the benchmark</source>
        <translation>Schüler im Benchmark</translation>
    </message>
    <message>
        <source>No student is finished yet.</source>
        <translation>Noch kein Schüler ist fertig.</translation>
    </message>
    <message>
        <source>Set %1 has nobody to test: import it in the role test, or give its {identities} that role.</source>
        <translation>Satz %1 hat niemanden zum Testen: Importieren Sie ihn in der Rolle test, oder geben Sie seinen {identities+n} diese Rolle.</translation>
    </message>
    <message>
        <source>To fine-tune, draw {identities} to train on first: then the same others are tested before and after it.</source>
        <translation>Ziehen Sie vor dem Feinabstimmen {identities} zum Lernen: Dann werden davor und danach dieselben anderen getestet.</translation>
    </message>
    <message>
        <source>Draw %L1 to train on</source>
        <translation>%L1 zum Lernen ziehen</translation>
    </message>
</context>
<context>
    <name>discern::ui::Chart</name>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>Ausschnitt zurücksetzen</translation>
    </message>
    <message>
        <source>Save %1 as</source>
        <translation>%1 speichern unter</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Vector graphics (*.svg)</source>
        <translation>Vektorgrafik (*.svg)</translation>
    </message>
    <message>
        <source>Document (*.pdf)</source>
        <translation>Dokument (*.pdf)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>discern::ui::ChosenPanel</name>
    <message>
        <source>Draw a lasso on the map: what it holds is shown here.</source>
        <translation>Umfahren Sie etwas auf der Karte: Was darin liegt, wird hier gezeigt.</translation>
    </message>
    <message>
        <source> · %L1 not on this map</source>
        <translation> · %L1 nicht auf dieser Karte</translation>
    </message>
    <message>
        <source>Chosen {samples}</source>
        <translation>Ausgewählte {samples}</translation>
    </message>
    <message>
        <source>%L1 of %L2 {samples}, %L3 {identity}</source>
        <translation>%L1 von %L2 {samples+n}, %L3 {identity}</translation>
    </message>
    <message>
        <source>%L1 of %L2 {samples}, %L3 {identities}</source>
        <translation>%L1 von %L2 {samples+n}, %L3 {identities}</translation>
    </message>
</context>
<context>
    <name>discern::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Command, identity or template</source>
        <translation>Befehl, Identität oder Template</translation>
    </message>
    <message>
        <source>A command, a page, a name: type some letters of it</source>
        <translation>Befehl, Seite, Name: geben Sie einige Buchstaben davon ein</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
    <message>
        <source>Not now: nothing is open or chosen that it could be done to</source>
        <translation>Gerade nicht: Es ist nichts offen oder gewählt, worauf es sich anwenden ließe</translation>
    </message>
</context>
<context>
    <name>discern::ui::ComparePage</name>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Scores against scores</source>
        <translation>Bewertungen gegen Bewertungen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Compares every pair of {groups} of the protocol on both sides; what side B leaves empty is as on side A.</source>
        <translation>Vergleicht jedes Paar {groups} des Protokolls auf beiden Seiten; was Seite B leer lässt, ist wie auf Seite A.</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>Noch wurde nichts verglichen.</translation>
    </message>
    <message>
        <source>True accept rates of both sides</source>
        <translation>Richtigakzeptanzraten beider Seiten</translation>
    </message>
    <message>
        <source>FAR</source>
        <translation>FAR</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Pairs that one side alone accepts</source>
        <translation>Paare, die nur eine Seite akzeptiert</translation>
    </message>
    <message>
        <source>B has</source>
        <translation>B hat</translation>
    </message>
    <message>
        <source>One</source>
        <translation>Eines</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Score A</source>
        <translation>Ähnlichkeit A</translation>
    </message>
    <message>
        <source>Score B</source>
        <translation>Ähnlichkeit B</translation>
    </message>
    <message>
        <source>Scores across</source>
        <translation>Bewertungen waagrecht</translation>
    </message>
    <message>
        <source>Scores upwards</source>
        <translation>Bewertungen senkrecht</translation>
    </message>
    <message>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>Two score tables are needed.</source>
        <translation>Zwei Bewertungstabellen sind nötig.</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>Noch nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Features of the {samples} and a protocol say what can be compared.</source>
        <translation>Merkmale der {samples} und ein Protokoll sagen, was verglichen werden kann.</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>Make a protocol…</source>
        <translation>Protokoll anlegen…</translation>
    </message>
    <message>
        <source>Say on the left in what B differs from A: other features, scores, weights, or a threshold.</source>
        <translation>Sagen Sie links, worin B von A abweicht: andere Merkmale, Bewertungen, Gewichte oder eine Schwelle.</translation>
    </message>
    <message>
        <source>A: %1 · B: %2</source>
        <translation>A: %1 · B: %2</translation>
    </message>
    <message>
        <source>No difference beyond chance at FAR %1: %2 points, 95 % interval %3 to %4</source>
        <translation>Kein Unterschied jenseits des Zufalls bei FAR %1: %2 Punkte, 95-%-Intervall %3 bis %4</translation>
    </message>
    <message>
        <source>B accepts more at FAR %1: %2 points, 95 % interval %3 to %4</source>
        <translation>B akzeptiert mehr bei FAR %1: %2 Punkte, 95-%-Intervall %3 bis %4</translation>
    </message>
    <message>
        <source>A accepts more at FAR %1: %2 points, 95 % interval %3 to %4</source>
        <translation>A akzeptiert mehr bei FAR %1: %2 Punkte, 95-%-Intervall %3 bis %4</translation>
    </message>
    <message>
        <source>A: %1.  B: %2.  Protocol %3, %L4 genuine and %L5 impostor pairs, run %6.</source>
        <translation>A: %1.  B: %2.  Protokoll %3, %L4 echte und %L5 fremde Paare, Lauf %6.</translation>
    </message>
    <message>
        <source>Accuracy over %1 folds: %2 ± %3 points.</source>
        <translation>Genauigkeit über %1 Teile: %2 ± %3 Punkte.</translation>
    </message>
    <message>
        <source>%L1 {samples}, rank correlation %L2</source>
        <translation>%L1 {samples}, Rangkorrelation %L2</translation>
    </message>
    <message>
        <source>Compare</source>
        <comment>the button</comment>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>B − A, points
(95 % interval)</source>
        <translation>B − A, Punkte
(95-%-Intervall)</translation>
    </message>
    <message>
        <source>Genuine
+ / −</source>
        <translation>Echte
+ / −</translation>
    </message>
    <message>
        <source>Impostors
+ / −</source>
        <translation>Fremde
+ / −</translation>
    </message>
    <message>
        <source>Genuine pairs that B alone accepts, and that A alone does</source>
        <translation>Echte Paare, die nur B akzeptiert, und die, die nur A akzeptiert</translation>
    </message>
    <message>
        <source>Impostors that B alone accepts, and that A alone does</source>
        <translation>Fremde Paare, die nur B akzeptiert, und die, die nur A akzeptiert</translation>
    </message>
    <message>
        <source>The tool bar&apos;s scores, until others are chosen here</source>
        <translation>Die Bewertungen der Werkzeugleiste, bis hier andere gewählt werden</translation>
    </message>
    <message>
        <source>Protocol and side A are as the tool bar says.</source>
        <translation>Protokoll und Seite A sind, wie die Werkzeugleiste sagt.</translation>
    </message>
    <message>
        <source>Chosen here, other than in the tool bar: %1.</source>
        <translation>Hier anders gewählt als in der Werkzeugleiste: %1.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 (%2 … %3)</source>
        <translation>%1 (%2 … %3)</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>* too few impostors for this FAR</source>
        <translation>* zu wenige fremde Vergleiche für diese FAR</translation>
    </message>
    <message>
        <source>B accepts more at FAR %1: %2 points. Nothing was resampled, so this may be chance.</source>
        <translation>B akzeptiert mehr bei FAR %1: %2 Punkte. Es wurden keine Stichproben gezogen, das kann also Zufall sein.</translation>
    </message>
    <message>
        <source>A accepts more at FAR %1: %2 points. Nothing was resampled, so this may be chance.</source>
        <translation>A akzeptiert mehr bei FAR %1: %2 Punkte. Es wurden keine Stichproben gezogen, das kann also Zufall sein.</translation>
    </message>
    <message>
        <source>No difference at FAR %1: %2 points.</source>
        <translation>Kein Unterschied bei FAR %1: %2 Punkte.</translation>
    </message>
</context>
<context>
    <name>discern::ui::ContentsWindow</name>
    <message>
        <source>Re&amp;name</source>
        <translation>Um&amp;benennen</translation>
    </message>
    <message>
        <source>Another name, here and wherever the project speaks of it</source>
        <translation>Ein anderer Name, hier und überall, wo das Projekt davon spricht</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <source>Out of the project, with what was made of it; says what that is before anything goes</source>
        <translation>Aus dem Projekt, mit allem, was daraus gemacht wurde; sagt vorher, was das ist</translation>
    </message>
    <message>
        <source>The folder was &amp;moved…</source>
        <translation>Der Ordner wurde &amp;verschoben…</translation>
    </message>
    <message>
        <source>Says where the images of the chosen set are now</source>
        <translation>Sagt, wo die Bilder des gewählten Satzes jetzt sind</translation>
    </message>
    <message>
        <source>&amp;Look for replaced or missing files</source>
        <translation>&amp;Ersetzte oder fehlende Dateien suchen</translation>
    </message>
    <message>
        <source>Compares every image file with what it was when the project met it</source>
        <translation>Vergleicht jede Bilddatei mit dem, was sie war, als das Projekt sie kennenlernte</translation>
    </message>
    <message>
        <source>Make &amp;again</source>
        <translation>&amp;Neu machen</translation>
    </message>
    <message>
        <source>Makes what is old again, with the options it was made with: the chosen ones, else all</source>
        <translation>Macht neu, was veraltet ist, mit den Optionen, mit denen es gemacht wurde: die gewählten, sonst alle</translation>
    </message>
    <message>
        <source>What is in the project</source>
        <translation>Was im Projekt ist</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Contents of the project</source>
        <translation>Inhalt des Projekts</translation>
    </message>
    <message>
        <source>Contents of %1</source>
        <translation>Inhalt von %1</translation>
    </message>
    <message>
        <source>old: %1</source>
        <translation>veraltet: %1</translation>
    </message>
    <message>
        <source>Remove from the project</source>
        <translation>Aus dem Projekt entfernen</translation>
    </message>
    <message>
        <source>Remove the %1 “%2”?</source>
        <translation>„%2“ (%1) entfernen?</translation>
    </message>
    <message>
        <source>Remove these %1 parts of the project?</source>
        <translation>Diese %1 Teile des Projekts entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove all %1</source>
        <translation>Alle %1 entfernen</translation>
    </message>
    <message>
        <source>How the old parts were made is not on record; make them on their pages.</source>
        <translation>Wie die veralteten Teile entstanden, ist nicht verzeichnet; machen Sie sie auf ihren Seiten.</translation>
    </message>
    <message>
        <source>Choose the set whose folder was moved.</source>
        <translation>Wählen Sie den Satz, dessen Ordner verschoben wurde.</translation>
    </message>
    <message>
        <source>Where the images of “%1” are now (they were in %2)</source>
        <translation>Wo die Bilder von „%1“ jetzt sind (sie waren in %2)</translation>
    </message>
    <message>
        <source>Export as &amp;ONNX…</source>
        <translation>Als &amp;ONNX exportieren…</translation>
    </message>
    <message>
        <source>A file that other programs run, compared with the network before it is kept</source>
        <translation>Eine Datei, die andere Programme ausführen; sie wird mit dem Netz verglichen, bevor sie bleibt</translation>
    </message>
    <message>
        <source>Export “%1” as ONNX</source>
        <translation>„%1“ als ONNX exportieren</translation>
    </message>
    <message>
        <source>ONNX (*.onnx)</source>
        <translation>ONNX (*.onnx)</translation>
    </message>
    <message>
        <source>%1 is written: on %2 inputs it says what the network says.</source>
        <translation>%1 ist geschrieben: Bei %2 Eingaben sagt es dasselbe wie das Netz.</translation>
    </message>
</context>
<context>
    <name>discern::ui::ContextBar</name>
    <message>
        <source>Main</source>
        <translation>Hauptleiste</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>The scores every page shows</source>
        <translation>Die Bewertungen, die jede Seite zeigt</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>The features {groups} are made of</source>
        <translation>Die Merkmale, aus denen {groups} entstehen</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The comparisons accuracy is measured on</source>
        <translation>Die Vergleiche, an denen Genauigkeit gemessen wird</translation>
    </message>
    <message>
        <source>Which {samples} galleries, charts and heat maps show: originals, degraded copies, or all</source>
        <translation>Welche {samples} Galerien, Diagramme und Heatmaps zeigen: Originale, verschlechterte Kopien oder alle</translation>
    </message>
    <message>
        <source>All {samples}</source>
        <translation>Alle {samples}</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>Originale</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Shown {samples}</source>
        <translation>Gezeigte {samples}</translation>
    </message>
</context>
<context>
    <name>discern::ui::CostChart</name>
    <message>
        <source>Upwards</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Whose features are compared: the identity layer&apos;s, or those that mimic the teacher</source>
        <translation>Wessen Merkmale verglichen werden: die der Identitätsschicht oder die, die den Lehrer nachahmen</translation>
    </message>
    <message>
        <source>To the right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>File MB</source>
        <translation>Datei MB</translation>
    </message>
    <message>
        <source>Memory MB</source>
        <translation>Speicher MB</translation>
    </message>
    <message>
        <source>ms / {subject}</source>
        <translation>ms / {subject}</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source> (unknown of %1)</source>
        <translation> (unbekannt von %1)</translation>
    </message>
    <message>
        <source>Accuracy takes a protocol with folds, such as LFW&apos;s. Any protocol of single {samples} has an AUC.</source>
        <translation>Genauigkeit braucht ein Protokoll mit Teilen, wie das von LFW. Jedes Protokoll einzelner {samples} hat eine AUC.</translation>
    </message>
    <message>
        <source>Students with results stand here against what they cost, beside their teacher.</source>
        <translation>Schüler mit Ergebnissen stehen hier gegen ihre Kosten, neben ihrem Lehrer.</translation>
    </message>
    <message>
        <source>accuracy, %1 layer</source>
        <translation>Genauigkeit, Schicht %1</translation>
    </message>
    <message>
        <source>AUC, %1 layer</source>
        <translation>AUC, Schicht %1</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Net MB</source>
        <translation>Netz MB</translation>
    </message>
    <message>
        <source>GPU ms / {subject}</source>
        <translation>GPU ms / {subject}</translation>
    </message>
</context>
<context>
    <name>discern::ui::DataPage</name>
    <message>
        <source>{Samples}</source>
        <translation>{Samples}</translation>
    </message>
    <message>
        <source>{Samples} as a table</source>
        <translation>{Samples} als Tabelle</translation>
    </message>
    <message>
        <source>Filter {samples}:  score&lt;0.3  identity:smith  status:scored</source>
        <translation>{Samples} filtern:  score&lt;0.3  identity:smith  status:scored</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Order of the {samples} within a group</source>
        <translation>Reihenfolge der {samples} innerhalb einer Gruppe</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
    <message>
        <source>{Identity}</source>
        <translation>{Identity}</translation>
    </message>
    <message>
        <source>{Group}</source>
        <translation>{Group}</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>What the gallery is grouped by. {Groups} are those of the chosen protocol.</source>
        <translation>Wonach die Galerie gruppiert ist. {Groups} sind die des gewählten Protokolls.</translation>
    </message>
    <message>
        <source>Size of the {subjects}</source>
        <translation>Größe der {subjects}</translation>
    </message>
    <message>
        <source>As a table with every number</source>
        <translation>Als Tabelle mit allen Zahlen</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Find {a identity}</source>
        <translation>{Identity} suchen</translation>
    </message>
    <message>
        <source>{Identities}</source>
        <translation>{Identities}</translation>
    </message>
    <message>
        <source>The {samples} are on their way</source>
        <translation>Die {samples} sind unterwegs</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import a folder with one sub-folder for each {identity}, or another format that the import dialog lists.</source>
        <translation>Importieren Sie einen Ordner mit je einem Unterordner pro {identity} oder ein anderes Format, das der Importdialog nennt.</translation>
    </message>
    <message>
        <source>Import {samples}…</source>
        <translation>{Samples} importieren…</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist offen</translation>
    </message>
    <message>
        <source>A project keeps {samples}, features, scores and networks together. Open one from the File menu, or import {samples} to make a new one.</source>
        <translation>Ein Projekt hält {samples}, Merkmale, Bewertungen und Netze zusammen. Öffnen Sie eines im Menü Datei oder importieren Sie {samples}, um ein neues anzulegen.</translation>
    </message>
    <message>
        <source>There are no {groups}: choose or make a protocol on the Evaluation page.</source>
        <translation>Es gibt keine {groups}: Wählen oder erstellen Sie ein Protokoll auf der Seite Auswertung.</translation>
    </message>
    <message>
        <source>None of these {identities} is in a {group} of the protocol.</source>
        <translation>Keine dieser {identities} ist in einem {group} des Protokolls.</translation>
    </message>
    <message>
        <source>No {sample} is in a {group} of the protocol.</source>
        <translation>Kein {sample} ist in einem {group} des Protokolls.</translation>
    </message>
    <message>
        <source>No {sample} passes the filter.</source>
        <translation>Kein {sample} kommt durch den Filter.</translation>
    </message>
    <message>
        <source>%1 of %2 {samples} shown</source>
        <translation>%1 von %2 {samples+n} gezeigt</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source> · %1 selected</source>
        <translation> · %1 gewählt</translation>
    </message>
    <message>
        <source> · %1 %2 chosen</source>
        <translation> · %1 %2 gewählt</translation>
    </message>
    <message>
        <source>{identity}</source>
        <translation>{identity}</translation>
    </message>
    <message>
        <source>{identities}</source>
        <translation>{identities}</translation>
    </message>
    <message>
        <source>Merge %1 into %2</source>
        <translation>%1 mit %2 zusammenlegen</translation>
    </message>
    <message>
        <source>%1 {identities}</source>
        <translation>%1 {identities}</translation>
    </message>
    <message>
        <source>Take %1 back in</source>
        <translation>%1 wieder aufnehmen</translation>
    </message>
    <message>
        <source>Exclude %1 from scoring and training</source>
        <translation>%1 von Bewertung und Training ausschließen</translation>
    </message>
    <message>
        <source>Make %1 a %2 {identity}</source>
        <translation>%1: Rolle %2 geben</translation>
    </message>
    <message>
        <source>Take %1 out of %2 again</source>
        <translation>%1 wieder aus %2 herauslösen</translation>
    </message>
    <message>
        <source>Select their {samples}</source>
        <translation>Ihre {samples} auswählen</translation>
    </message>
    <message>
        <source>Show everybody</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source> (%1 of them not shown: nothing is decided about those)</source>
        <translation> (%1 davon nicht gezeigt: über sie wird nichts entschieden)</translation>
    </message>
</context>
<context>
    <name>discern::ui::Devices</name>
    <message>
        <source>%1 (none found)</source>
        <translation>%1 (keine gefunden)</translation>
    </message>
    <message>
        <source>%1 (%2 and %3 more)</source>
        <translation>%1 (%2 und %3 weitere)</translation>
    </message>
</context>
<context>
    <name>discern::ui::DiscardedPanel</name>
    <message>
        <source>Farthest from being kept first</source>
        <translation>Fernste zuerst</translation>
    </message>
    <message>
        <source>Nearest to being kept first</source>
        <translation>Nächste zuerst</translation>
    </message>
    <message>
        <source>never kept</source>
        <translation>nie behalten</translation>
    </message>
    <message>
        <source>%1; under each its place in the order</source>
        <translation>%1; unter jedem sein Platz in der Reihenfolge</translation>
    </message>
    <message>
        <source>%1; under each the lambda from which it is kept</source>
        <translation>%1; unter jedem das Lambda, ab dem es behalten wird</translation>
    </message>
    <message>
        <source>Which of the discarded {samples} come first</source>
        <translation>Welche der verworfenen {samples} zuerst kommen</translation>
    </message>
    <message>
        <source>Discarded {samples}</source>
        <translation>Verworfene {samples}</translation>
    </message>
    <message>
        <source>No {sample} is discarded here.</source>
        <translation>Kein {sample} ist hier verworfen.</translation>
    </message>
    <message>
        <source>%L1 {sample} is discarded</source>
        <translation>%L1 {sample} wird verworfen</translation>
    </message>
    <message>
        <source>%L1 {samples} are discarded</source>
        <translation>%L1 verworfene {samples}</translation>
    </message>
</context>
<context>
    <name>discern::ui::DistilPage</name>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import the {subjects} that a student should learn from.</source>
        <translation>Importieren Sie die {subjects}, aus denen ein Schüler lernen soll.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>No teacher yet</source>
        <translation>Noch kein Lehrer</translation>
    </message>
    <message>
        <source>A student learns the features of a teacher, which must look at the {subjects} first.</source>
        <translation>Ein Schüler lernt die Merkmale eines Lehrers, der die {subjects} zuerst sehen muss.</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>No students yet</source>
        <translation>Noch keine Schüler</translation>
    </message>
    <message>
        <source>Choose sizes and modes on the left and start: each becomes a run. They are put beside each other and their teacher here, with accuracy against what they cost.</source>
        <translation>Wählen Sie links Größen und Modi und starten Sie: Jede Kombination wird ein Lauf. Hier stehen sie nebeneinander und neben ihrem Lehrer, mit Genauigkeit gegen Kosten.</translation>
    </message>
    <message>
        <source>Distil</source>
        <translation>Destillation</translation>
    </message>
    <message>
        <source>No students of such {samples}</source>
        <translation>Keine Schüler für solche {samples}</translation>
    </message>
    <message>
        <source>Students are made for square pictures of one {subject}; those of this project have another shape.</source>
        <translation>Schüler gibt es für quadratische Bilder; die dieses Projekts haben eine andere Form.</translation>
    </message>
    <message>
        <source>Students</source>
        <translation>Schüler</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>Benchmarks</translation>
    </message>
</context>
<context>
    <name>discern::ui::DuplicatesPanel</name>
    <message>
        <source>Merge</source>
        <translation>Zusammenlegen</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Their centroids are closer than those of different {identities} usually are. Such a pair spoils each other&apos;s scores: merge the names, or exclude one.</source>
        <translation>Ihre Zentroide liegen näher beieinander als die verschiedener {identities} sonst. Ein solches Paar verdirbt sich gegenseitig die Bewertungen: Legen Sie die Namen zusammen oder schließen Sie einen aus.</translation>
    </message>
    <message>
        <source>This name</source>
        <translation>Dieser Name</translation>
    </message>
    <message>
        <source>and this one</source>
        <translation>und dieser</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Probably one {identity} under two names</source>
        <translation>Wahrscheinlich eine {identity} unter zwei Namen</translation>
    </message>
    <message>
        <source>Probably one {identity} under two names (%1)</source>
        <translation>Wahrscheinlich eine {identity} unter zwei Namen (%1)</translation>
    </message>
    <message>
        <source>Count the {samples} of %1 for %2</source>
        <translation>Die {samples} von %1 zu %2 zählen</translation>
    </message>
    <message>
        <source>Leave %1 out of scoring and training</source>
        <translation>%1 aus Bewertung und Training auslassen</translation>
    </message>
</context>
<context>
    <name>discern::ui::EngineProcess</name>
    <message>
        <source>The engine %1 could not be started; install discern beside discern-workbench, or name it in DISCERN_COMMAND.</source>
        <translation>Die Engine %1 ließ sich nicht starten; installieren Sie discern neben discern-workbench oder nennen Sie es in DISCERN_COMMAND.</translation>
    </message>
    <message>
        <source>%1 It said: %2</source>
        <translation>%1 Sie meldete: %2</translation>
    </message>
    <message>
        <source>The engine ended unexpectedly; what was finished is kept, run the job again to go on.</source>
        <translation>Die Engine endete unerwartet; was fertig ist, bleibt, starten Sie den Auftrag erneut, um fortzufahren.</translation>
    </message>
    <message>
        <source>The engine did not understand its options.</source>
        <translation>Die Engine verstand ihre Optionen nicht.</translation>
    </message>
    <message>
        <source>The engine ended with code %1 and gave no reason.</source>
        <translation>Die Engine endete mit Code %1 und nannte keinen Grund.</translation>
    </message>
</context>
<context>
    <name>discern::ui::EvaluationPage</name>
    <message>
        <source>Verification</source>
        <translation>Verifikation</translation>
    </message>
    <message>
        <source>Identification</source>
        <translation>Identifikation</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Make a protocol…</source>
        <translation>Protokoll anlegen…</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Aggregations</source>
        <translation>Aggregationen</translation>
    </message>
    <message>
        <source>What the numbers were measured with</source>
        <translation>Womit die Zahlen gemessen wurden</translation>
    </message>
    <message>
        <source>Every switch of this evaluation</source>
        <translation>Schalter der Auswertung</translation>
    </message>
    <message>
        <source>%1 (run %2)</source>
        <translation>%1 (Lauf %2)</translation>
    </message>
    <message>
        <source>%L1 genuine and %L2 impostor comparisons</source>
        <translation>%L1 echte und %L2 fremde Vergleiche</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import {subjects} first; they are then compared as a protocol says.</source>
        <translation>Importieren Sie zuerst {subjects}; sie werden dann nach einem Protokoll verglichen.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Not evaluated yet</source>
        <translation>Noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>Every aggregation is compared on this protocol: ROC, DET, error versus discard and the numbers behind them.</source>
        <translation>Jede Aggregation wird auf diesem Protokoll verglichen: ROC, DET, Fehler gegen Verwerfen und die Zahlen dahinter.</translation>
    </message>
    <message>
        <source>No protocol yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>A protocol says which {groups} are compared.</source>
        <translation>Ein Protokoll sagt, welche {groups} verglichen werden.</translation>
    </message>
    <message>
        <source>Ticked ones are drawn above.</source>
        <translation>Angekreuzte sind oben gezeichnet.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>; by true scores, told from the labels of these very {samples}: what a perfect predictor would give</source>
        <translation>; nach wahren Bewertungen, aus den Personenangaben eben dieser {samples}: was eine vollkommene Vorhersage ergäbe</translation>
    </message>
</context>
<context>
    <name>discern::ui::ExplainPanel</name>
    <message>
        <source>The DDNet that is looked into</source>
        <translation>Das DDNet, in das geschaut wird</translation>
    </message>
    <message>
        <source>What the colours tell</source>
        <translation>Was die Farben sagen</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>Verdeckung</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>What DDNet looks at</source>
        <translation>Worauf DDNet schaut</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Works out which places of the face the predicted discriminability depends on</source>
        <translation>Rechnet aus, von welchen Stellen des Gesichts die vorhergesagte Unterscheidbarkeit abhängt</translation>
    </message>
    <message>
        <source>The face under the map of what DDNet looks at</source>
        <translation>Das Gesicht unter der Karte dessen, worauf DDNet schaut</translation>
    </message>
    <message>
        <source>How strong the colours are</source>
        <translation>Wie kräftig die Farben sind</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>How much the predicted discriminability falls when this place is hidden, in score units: 0 to %1 (from violet to yellow).</source>
        <translation>Wie sehr die vorhergesagte Unterscheidbarkeit fällt, wenn diese Stelle verdeckt wird, in Einheiten der Bewertung: 0 bis %1 (von Violett bis Gelb).</translation>
    </message>
    <message>
        <source>Hiding some other place raises it by up to %1.</source>
        <translation>Eine andere Stelle zu verdecken hebt sie um bis zu %1.</translation>
    </message>
    <message>
        <source>A grey square of %1 pixels was moved over it by %2.</source>
        <translation>Ein graues Quadrat von %1 Pixeln wurde in Schritten von %2 darüber bewegt.</translation>
    </message>
    <message>
        <source>How much the predicted discriminability changes with each grey level of a pixel, in score units: 0 to %1 (from violet to yellow).</source>
        <translation>Wie sehr sich die vorhergesagte Unterscheidbarkeit mit jeder Graustufe eines Pixels ändert, in Einheiten der Bewertung: 0 bis %1 (von Violett bis Gelb).</translation>
    </message>
    <message>
        <source>Predicted: %L1.</source>
        <translation>Vorhergesagt: %L1.</translation>
    </message>
    <message>
        <source>Not worked out yet for this image by this network.</source>
        <translation>Für dieses Bild mit diesem Netz noch nicht ausgerechnet.</translation>
    </message>
    <message>
        <source>There is no DDNet yet: train one to see what it looks at.</source>
        <translation>Es gibt noch kein DDNet: Trainieren Sie eines, um zu sehen, worauf es schaut.</translation>
    </message>
</context>
<context>
    <name>discern::ui::FaceMap</name>
    <message>
        <source>t-SNE 1</source>
        <translation>t-SNE 1</translation>
    </message>
    <message>
        <source>t-SNE 2</source>
        <translation>t-SNE 2</translation>
    </message>
    <message>
        <source>map %1 by %2</source>
        <translation>Karte %1 nach %2</translation>
    </message>
    <message>
        <source>Nothing on this map is called “%1”.</source>
        <translation>Nichts auf dieser Karte heißt „%1“.</translation>
    </message>
    <message>
        <source>No map yet. Make one on the left: it shows which {samples} are alike, and which of them are kept.</source>
        <translation>Noch keine Karte. Erstellen Sie links eine: Sie zeigt, welche {samples} sich ähneln und welche davon behalten werden.</translation>
    </message>
</context>
<context>
    <name>discern::ui::FilterCompleter</name>
    <message>
        <source>Terms that fit</source>
        <translation>Passende Ausdrücke</translation>
    </message>
</context>
<context>
    <name>discern::ui::GalleryView</name>
    <message>
        <source>Show in Inspector</source>
        <translation>Im Inspektor zeigen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>
score %L1, percentile %2</source>
        <translation>
Bewertung %L1, Perzentil %2</translation>
    </message>
    <message>
        <source>
most confused with %1</source>
        <translation>
am ehesten verwechselt mit %1</translation>
    </message>
    <message>
        <source>
no score: %1</source>
        <translation>
keine Bewertung: %1</translation>
    </message>
</context>
<context>
    <name>discern::ui::HeatmapChart</name>
    <message>
        <source>dropped at %L1</source>
        <translation>verworfen bei %L1</translation>
    </message>
</context>
<context>
    <name>discern::ui::HelpDock</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>Glossar</translation>
    </message>
    <message>
        <source>%1 has no heading for #%2.</source>
        <translation>%1 hat keine Überschrift für #%2.</translation>
    </message>
    <message>
        <source>%1: the help has no such page.</source>
        <translation>%1: Die Hilfe hat keine solche Seite.</translation>
    </message>
    <message>
        <source>%1: there is no %2.</source>
        <translation>%1: Es gibt kein %2.</translation>
    </message>
    <message>
        <source>%1: it cannot be read.</source>
        <translation>%1: nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>discern::ui::IdentificationPanel</name>
    <message>
        <source>Searches</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Nothing was identified yet</source>
        <translation>Noch wurde nichts identifiziert</translation>
    </message>
    <message>
        <source>Extract features first; then {samples} are searched for among the enrolled.</source>
        <translation>Extrahieren Sie zuerst Merkmale; dann werden {samples} unter den aufgenommenen gesucht.</translation>
    </message>
    <message>
        <source>Identify…</source>
        <translation>Identifizieren…</translation>
    </message>
    <message>
        <source>Asks for the benchmark and its options; at first they are those of the chosen row.</source>
        <translation>Fragt nach dem Benchmark und seinen Optionen; zuerst sind es die der gewählten Zeile.</translation>
    </message>
    <message>
        <source>Some {samples} or {groups} are enrolled and others searched for among them, by the rules of a benchmark: at which rank are they found?</source>
        <translation>Einige {samples} oder {groups} werden eingetragen und andere unter ihnen gesucht, nach den Regeln eines Benchmarks: Auf welchem Rang werden sie gefunden?</translation>
    </message>
</context>
<context>
    <name>discern::ui::IdentityGraphView</name>
    <message>
        <source>Graph of one identity, cut at lambda</source>
        <translation>Graph einer Identität, bei Lambda geschnitten</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>%L1 other centroids</source>
        <translation>%L1 andere Zentroide</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>like the other centroids: %L1 in all
like its own: %L2 of those shown</source>
        <translation>den anderen Zentroiden ähnlich: insgesamt %L1
der eigenen Identität ähnlich: %L2 unter den gezeigten</translation>
    </message>
    <message>
        <source>like the other centroids: %L1 in all
like its own: %L2 in all</source>
        <translation>den anderen Zentroiden ähnlich: insgesamt %L1
der eigenen Identität ähnlich: insgesamt %L2</translation>
    </message>
    <message>
        <source>%1 at this lambda</source>
        <translation>%1 bei diesem Lambda</translation>
    </message>
    <message>
        <source>%1 at this lambda; kept from lambda %2 on</source>
        <translation>%1 bei diesem Lambda; behalten ab Lambda %2</translation>
    </message>
    <message>
        <source>%1 now; kept as number %L2</source>
        <translation>%1; wird als Nummer %L2 behalten</translation>
    </message>
    <message>
        <source>No {identity} of several {samples} is in this selection.</source>
        <translation>Keine {identity} mit mehreren {samples+n} ist in dieser Auswahl.</translation>
    </message>
    <message>
        <source>%1: %L2 of %L3 {samples} are kept; the cut goes through pairs of weight %L4</source>
        <translation>%1: %L2 von %L3 {samples+n} werden behalten; der Schnitt geht durch Paare vom Gewicht %L4</translation>
    </message>
    <message>
        <source> (the %L1 of %L2 {samples} nearest to this lambda)</source>
        <translation> (die %L1 von %L2 {samples+n}, die diesem Lambda am nächsten sind)</translation>
    </message>
</context>
<context>
    <name>discern::ui::IdentityModel</name>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>zusammengelegt</translation>
    </message>
    <message>
        <source>%1 (with %2 other name(s) merged into it)</source>
        <translation>%1 (mit %2 weiteren Namen zusammengelegt)</translation>
    </message>
    <message>
        <source>Degraded copies, which are not counted: %1</source>
        <translation>Verschlechterte Kopien, die nicht gezählt sind: %1</translation>
    </message>
    <message>
        <source>{Identity}</source>
        <translation>{Identity}</translation>
    </message>
    <message>
        <source>{Samples}</source>
        <translation>{Samples}</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Unter</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Who it is</source>
        <translation>Wer es ist</translation>
    </message>
    <message>
        <source>How many {samples}, without degraded copies</source>
        <translation>Wie viele {samples}, ohne verschlechterte Kopien</translation>
    </message>
    <message>
        <source>Mean score of its scored {samples}, without degraded copies</source>
        <translation>Mittlere Bewertung der bewerteten {samples}, ohne verschlechterte Kopien</translation>
    </message>
    <message>
        <source>Share of its scored {samples}, without degraded copies, at or below the threshold</source>
        <translation>Anteil der bewerteten {samples}, ohne verschlechterte Kopien, an oder unter der Schwelle</translation>
    </message>
    <message>
        <source>Train, test or pool (its centroid is a negative for others)</source>
        <translation>Training, Test oder Pool (das Zentroid ist ein fremdes für andere)</translation>
    </message>
    <message>
        <source>The set it was imported with</source>
        <translation>Der Satz, mit dem es importiert wurde</translation>
    </message>
    <message>
        <source>Excluded, or merged with other names</source>
        <translation>Ausgeschlossen oder mit anderen Namen zusammengelegt</translation>
    </message>
</context>
<context>
    <name>discern::ui::ImageActions</name>
    <message>
        <source>Leave out of its {group}</source>
        <translation>Aus seinem {group} auslassen</translation>
    </message>
    <message>
        <source>Leave out of &amp;everything</source>
        <translation>Aus all&amp;em auslassen</translation>
    </message>
    <message>
        <source>Take back &amp;in</source>
        <translation>W&amp;ieder aufnehmen</translation>
    </message>
    <message>
        <source>&amp;Move to another {identity}…</source>
        <translation>Zu anderer {identity} &amp;verschieben…</translation>
    </message>
    <message>
        <source>Move back to its own {identity}</source>
        <translation>Zur eigenen {identity} zurückverschieben</translation>
    </message>
    <message>
        <source>Mark &amp;right</source>
        <translation>Als &amp;richtig markieren</translation>
    </message>
    <message>
        <source>Mark &amp;wrong</source>
        <translation>Als &amp;falsch markieren</translation>
    </message>
    <message>
        <source>Mark &amp;unsure</source>
        <translation>Als &amp;unsicher markieren</translation>
    </message>
    <message>
        <source>Take the verdict back</source>
        <translation>Urteil zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Tag…</source>
        <translation>S&amp;tichwort…</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>&amp;Notiz…</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>The {identity} that they are of (name, or SET/name):</source>
        <translation>Die {identity}, zu der sie gehören (Name oder SATZ/Name):</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>Words to find them by, with commas; -word takes one away:</source>
        <translation>Wörter, um sie zu finden, mit Kommas; -Wort nimmt eines weg:</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>A note about the {sample}:</source>
        <translation>Eine Notiz zum {sample}:</translation>
    </message>
</context>
<context>
    <name>discern::ui::ImageStrip</name>
    <message>
        <source>{Samples}</source>
        <translation>{Samples}</translation>
    </message>
</context>
<context>
    <name>discern::ui::ImageView</name>
    <message>
        <source>Eye on the picture&apos;s left</source>
        <translation>Auge links im Bild</translation>
    </message>
    <message>
        <source>Eye on the picture&apos;s right</source>
        <translation>Auge rechts im Bild</translation>
    </message>
    <message>
        <source>Tip of the nose</source>
        <translation>Nasenspitze</translation>
    </message>
    <message>
        <source>Corner of the mouth on the picture&apos;s left</source>
        <translation>Mundwinkel links im Bild</translation>
    </message>
    <message>
        <source>Corner of the mouth on the picture&apos;s right</source>
        <translation>Mundwinkel rechts im Bild</translation>
    </message>
</context>
<context>
    <name>discern::ui::ImportDialog</name>
    <message>
        <source>Import {samples}</source>
        <translation>{Samples} importieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Looking: %1, %L2 so far</source>
        <translation>Durchsicht: %1, bisher %L2</translation>
    </message>
    <message>
        <source>The engine said nothing about this source.</source>
        <translation>Die Engine sagte nichts zu dieser Quelle.</translation>
    </message>
    <message>
        <source>A folder or a file</source>
        <translation>Ein Ordner oder eine Datei</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Choose a source to see what is in it.</source>
        <translation>Wählen Sie eine Quelle, um zu sehen, was darin ist.</translation>
    </message>
    <message>
        <source>Folder of {samples}</source>
        <translation>Ordner mit {samples+n}</translation>
    </message>
    <message>
        <source>File of {samples}</source>
        <translation>Datei mit {samples+n}</translation>
    </message>
    <message>
        <source>The {subjects} are rendered by the import itself; there is nothing to look at yet.</source>
        <translation>Die {subjects} werden erst beim Import gerendert; noch gibt es nichts zu sehen.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Durchsicht…</translation>
    </message>
    <message>
        <source>This is %1: %L2 {samples} of %L3 {identities}</source>
        <translation>Das ist %1: %L2 {samples} von %L3 {identities+n}</translation>
    </message>
    <message>
        <source>One thing looks odd:</source>
        <translation>Eines sieht merkwürdig aus:</translation>
    </message>
    <message>
        <source>%L1 things look odd:</source>
        <translation>%L1 Dinge sehen merkwürdig aus:</translation>
    </message>
</context>
<context>
    <name>discern::ui::InspectorPage</name>
    <message>
        <source>No {sample} is chosen</source>
        <translation>Kein {sample} ist gewählt</translation>
    </message>
    <message>
        <source>Double-click {a sample} on the Data or Scores page to see everything about it.</source>
        <translation>Doppelklicken Sie auf der Seite Daten oder Bewertungen auf {a sample}, um alles darüber zu sehen.</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>Zu den Daten</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import {samples} first; then look at any of them here.</source>
        <translation>Importieren Sie zuerst {samples}; dann sehen Sie sich hier jedes davon an.</translation>
    </message>
    <message>
        <source>Import {samples}…</source>
        <translation>{Samples} importieren…</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist offen</translation>
    </message>
    <message>
        <source>Open one from the File menu, or import {samples} to make a new one.</source>
        <translation>Öffnen Sie eines im Menü Datei oder importieren Sie {samples}, um ein neues anzulegen.</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>%1 von %2 gewählt</translation>
    </message>
    <message>
        <source>%1 of this {identity}&apos;s %2, lowest score first</source>
        <translation>Nr. %1, niedrigste zuerst (%2)</translation>
    </message>
    <message>
        <source>Score %L1</source>
        <translation>Bewertung %L1</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>Keine Bewertung</translation>
    </message>
    <message>
        <source>The {sample} cannot be used: %1</source>
        <translation>Das {sample} kann nicht verwendet werden: %1</translation>
    </message>
    <message>
        <source>Scores have not been computed yet.</source>
        <translation>Bewertungen wurden noch nicht berechnet.</translation>
    </message>
    <message>
        <source>Why: %1.</source>
        <translation>Warum: %1.</translation>
    </message>
    <message>
        <source>Kept at the threshold %L1.</source>
        <translation>Behalten an der Schwelle %L1.</translation>
    </message>
    <message>
        <source>Dropped at the threshold %L1.</source>
        <translation>Verworfen an der Schwelle %L1.</translation>
    </message>
    <message>
        <source>Decided: %1</source>
        <translation>Entschieden: %1</translation>
    </message>
    <message>
        <source>this {sample}</source>
        <translation>dieses {sample}</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>no {subject}</source>
        <translation>kein {subject}</translation>
    </message>
    <message>
        <source>The {sample} as it was scored: %1 (#%2).</source>
        <translation>Das {sample}, wie es bewertet wurde: %1 (#%2).</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>Noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Drag a point to correct it.</source>
        <translation>Ziehen Sie einen Punkt, um ihn zu korrigieren.</translation>
    </message>
    <message>
        <source>No landmarks: this {subject} is not aligned.</source>
        <translation>Keine Landmarken: Dieses {subject} ist nicht ausgerichtet.</translation>
    </message>
    <message>
        <source>cos %L1</source>
        <translation>cos %L1</translation>
    </message>
    <message>
        <source>Most confused with: nobody yet</source>
        <translation>Am ehesten verwechselt mit: noch niemandem</translation>
    </message>
    <message>
        <source>Most confused with %1: nearest {samples}</source>
        <translation>Am ehesten verwechselt mit %1: nächste {samples}</translation>
    </message>
    <message>
        <source>Nearest {samples} of its own {identity}</source>
        <translation>Nächste {samples} der eigenen {identity}</translation>
    </message>
    <message>
        <source>Confused with nobody: this {sample} has no score in these scores.</source>
        <translation>Mit niemandem verwechselt: Dieses {sample} hat hier keine Bewertung.</translation>
    </message>
    <message>
        <source>No other usable {sample} of this {identity}.</source>
        <translation>Kein anderes brauchbares {sample} dieser {identity}.</translation>
    </message>
    <message>
        <source>own cosine, %1</source>
        <translation>eigener, %1</translation>
    </message>
    <message>
        <source>hardest cosine, %1</source>
        <translation>härtester, %1</translation>
    </message>
    <message>
        <source>margin, %1</source>
        <translation>Abstand, %1</translation>
    </message>
    <message>
        <source>half of this {identity}&apos;s {samples} (%1)</source>
        <translation>die Hälfte der {samples} dieser {identity} (%1)</translation>
    </message>
    <message>
        <source>{group} %1 (%2 {samples})</source>
        <translation>{group} %1 (%2 {samples})</translation>
    </message>
    <message>
        <source>{Group}: %1, against the centroid of the {identity}&apos;s %2 other {samples} and of the %3 of the one it is most confused with. Margin: own minus hardest.</source>
        <translation>{Group}: %1, gegen das Zentroid der %2 anderen {samples} der {identity} und der %3 derjenigen, mit der sie am ehesten verwechselt wird. Abstand: eigener minus härtester.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Previous {sample}</source>
        <translation>Voriges {sample}</translation>
    </message>
    <message>
        <source>Previous {sample} (Left); previous {identity}: Up</source>
        <translation>Voriges {sample} (Links); vorige {identity}: Oben</translation>
    </message>
    <message>
        <source>Next {sample}</source>
        <translation>Nächstes {sample}</translation>
    </message>
    <message>
        <source>Next {sample} (Right); next {identity}: Down</source>
        <translation>Nächstes {sample} (Rechts); nächste {identity}: Unten</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Leave it out, move it to another {identity}, mark, tag or note it; undone with Ctrl+Z</source>
        <translation>Auslassen, zu einer anderen {identity} verschieben, markieren, mit Stichwort oder Notiz versehen; rückgängig mit Strg+Z</translation>
    </message>
    <message>
        <source>Place the face</source>
        <translation>Gesicht setzen</translation>
    </message>
    <message>
        <source>Puts five points on the picture, to be dragged onto eyes, nose and mouth</source>
        <translation>Setzt fünf Punkte auf das Bild, die auf Augen, Nase und Mund gezogen werden</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The face is aligned by these points from now on; its features are stale until they are extracted again</source>
        <translation>Das Gesicht wird künftig nach diesen Punkten ausgerichtet; seine Merkmale sind veraltet, bis sie neu extrahiert sind</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Back to the points that are stored</source>
        <translation>Zurück zu den gespeicherten Punkten</translation>
    </message>
    <message>
        <source>The stored {sample}</source>
        <translation>Das gespeicherte {sample}</translation>
    </message>
    <message>
        <source>The {subject} as the base model sees it</source>
        <translation>Das {subject}, wie das Basismodell es sieht</translation>
    </message>
    <message>
        <source>The {subject} as the base model sees it: aligned or cropped, and damaged if it is a damaged copy</source>
        <translation>Das {subject}, wie das Basismodell es sieht: ausgerichtet oder zugeschnitten, und verschlechtert, wenn es eine verschlechterte Kopie ist</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Share of the scored {samples} with a lower score</source>
        <translation>Anteil der bewerteten {samples} mit niedrigerer Bewertung</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>Own cosine divided by the most-confused {identity}&apos;s, before normalising</source>
        <translation>Eigener Kosinus geteilt durch den der am ehesten verwechselten {identity}, vor der Normierung</translation>
    </message>
    <message>
        <source>Own cosine</source>
        <translation>Eigener Kosinus</translation>
    </message>
    <message>
        <source>To the centroid of its own {identity}</source>
        <translation>Zum Zentroid der eigenen {identity}</translation>
    </message>
    <message>
        <source>Hardest cosine</source>
        <translation>Härtester Kosinus</translation>
    </message>
    <message>
        <source>To the nearest centroid of another {identity}</source>
        <translation>Zum nächsten Zentroid einer anderen {identity}</translation>
    </message>
    <message>
        <source>Most confused with</source>
        <translation>Verwechselt mit</translation>
    </message>
    <message>
        <source>The {identity} of that centroid</source>
        <translation>Die {identity} dieses Zentroids</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Number, set, role, medium and damage</source>
        <translation>Nummer, Satz, Rolle, Medium und Verschlechterung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Without this {sample}</source>
        <translation>Ohne dieses {sample}</translation>
    </message>
    <message>
        <source>{Group}&apos;s match</source>
        <translation>Passung</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>All scores of this {sample}</source>
        <translation>Alle Bewertungen zu diesem {sample}</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>The {group} matches &lt;b&gt;about even&lt;/b&gt; without it (%1, %2).</source>
        <translation>Ohne es passt das {group} &lt;b&gt;etwa gleich gut&lt;/b&gt; (%1, %2).</translation>
    </message>
    <message>
        <source>The {group} matches &lt;b&gt;better&lt;/b&gt; without it (%1, %2).</source>
        <translation>Ohne es passt das {group} &lt;b&gt;besser&lt;/b&gt; (%1, %2).</translation>
    </message>
    <message>
        <source>The {group} matches &lt;b&gt;worse&lt;/b&gt; without it (%1, %2).</source>
        <translation>Ohne es passt das {group} &lt;b&gt;schlechter&lt;/b&gt; (%1, %2).</translation>
    </message>
    <message>
        <source>These scores do not say with whom.</source>
        <translation>Diese Bewertungen sagen nicht, mit wem.</translation>
    </message>
    <message>
        <source>Kept at the threshold %L1: the best of its {group}.</source>
        <translation>Behalten an der Schwelle %L1: das beste in seinem {group}.</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobDesk</name>
    <message>
        <source>Open or make a project first.</source>
        <translation>Öffnen oder erstellen Sie zuerst ein Projekt.</translation>
    </message>
    <message>
        <source>Extract features</source>
        <translation>Merkmale extrahieren</translation>
    </message>
    <message>
        <source>The base model looks at every {sample} once; scores and {groups} are made of what it sees. Those that have features already are left as they are. Scoring follows by itself.</source>
        <translation>Das Basismodell sieht jedes {sample} einmal; aus dem, was es sieht, entstehen Bewertungen und {groups}. Was schon Merkmale hat, bleibt, wie es ist. Die Bewertung folgt von selbst.</translation>
    </message>
    <message>
        <source>Extract and score</source>
        <translation>Extrahieren und bewerten</translation>
    </message>
    <message>
        <source>Score the {samples}</source>
        <translation>{Samples} bewerten</translation>
    </message>
    <message>
        <source>The D-score of {a sample} says how much closer it is to its own {identity} than to the one it is most confused with.</source>
        <translation>Der D-Score sagt, wie viel näher {a sample} der eigenen {identity} ist als derjenigen, mit der es am ehesten verwechselt wird.</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Make a protocol</source>
        <translation>Protokoll anlegen</translation>
    </message>
    <message>
        <source>{Groups} are drawn from the {identities} of one role and compared with each other. Degraded copies become {samples} of the project, so features and scores are brought up to date afterwards.</source>
        <translation>{Groups} werden aus den {identities+n} einer Rolle gezogen und miteinander verglichen. Verschlechterte Kopien werden {samples} des Projekts, also werden Merkmale und Bewertungen danach auf den Stand gebracht.</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Export kept images</source>
        <translation>Behaltene Bilder exportieren</translation>
    </message>
    <message>
        <source>What is left once the bad images are out: as lists, a protocol, features, an InsightFace record, or a folder for each identity. The project and its images stay as they are.</source>
        <translation>Was ohne die schlechten Bilder bleibt: als Listen, Protokoll, Merkmale, InsightFace-Record oder Ordner je Identität. Das Projekt und seine Bilder bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>There is no DDNet yet: train one on the Training page, which then tells scores first.</source>
        <translation>Es gibt noch kein DDNet: Trainieren Sie eines auf der Seite Training, das dann zuerst die Bewertungen vorhersagt.</translation>
    </message>
    <message>
        <source>Make {groups} as they are deployed</source>
        <translation>{Groups} wie im Einsatz erstellen</translation>
    </message>
    <message>
        <source>A DDNet looks at every {sample}, the base model only at those with a score above the threshold. Each {group} becomes one feature in a file, and what both took is measured beside the base model on all. The project stays as it is.</source>
        <translation>Ein DDNet sieht jedes {sample}, das Basismodell nur die mit einer Bewertung über der Schwelle. Jedes {group} wird ein Merkmal in einer Datei, und was beide brauchten, wird neben dem Basismodell auf allen gemessen. Das Projekt bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Make them</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>Identify</source>
        <translation>Identifizieren</translation>
    </message>
    <message>
        <source>Some {samples} or {groups} are enrolled and others searched for among them, by the rules of a benchmark: at which rank are they found?</source>
        <translation>Einige {samples} oder {groups} werden eingetragen und andere unter ihnen gesucht, nach den Regeln eines Benchmarks: Auf welchem Rang werden sie gefunden?</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobForm</name>
    <message>
        <source>More options</source>
        <translation>Weitere Optionen</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>recommended</source>
        <translation>empfohlen</translation>
    </message>
    <message>
        <source>What serves most sets best</source>
        <translation>Was den meisten Sätzen am besten dient</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>Options that belong together: the recommended ones, or a paper&apos;s as published</source>
        <translation>Optionen, die zusammengehören: die empfohlenen oder die einer Arbeit, wie veröffentlicht</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobModel</name>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobProgress</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What is finished by then is kept.</source>
        <translation>Was bis dahin fertig ist, bleibt.</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobRunner</name>
    <message>
        <source>%1: done</source>
        <translation>%1: fertig</translation>
    </message>
    <message>
        <source>not started: %1 before it did not finish</source>
        <translation>nicht begonnen: %1 davor wurde nicht fertig</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobStrip</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What is finished is kept; running the job again goes on from there.</source>
        <translation>Was fertig ist, bleibt; ein neuer Start fährt dort fort.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Shows the jobs of this sitting and what they said</source>
        <translation>Zeigt die Aufträge dieser Sitzung und was sie meldeten</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
</context>
<context>
    <name>discern::ui::JobWatch</name>
    <message>
        <source>%1: waiting for another job</source>
        <translation>%1: wartet auf einen anderen Auftrag</translation>
    </message>
    <message>
        <source>%1: stopping</source>
        <translation>%1: hält an</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
</context>
<context>
    <name>discern::ui::KeptCurve</name>
    <message>
        <source>What stands on the axis</source>
        <translation>Was auf der Achse steht</translation>
    </message>
    <message>
        <source>−λ / (C − 1)</source>
        <translation>−λ / (C − 1)</translation>
    </message>
    <message>
        <source>Counts, or shares of those that can be kept</source>
        <translation>Anzahlen, oder Anteile an denen, die behalten werden können</translation>
    </message>
    <message>
        <source>Share kept</source>
        <translation>Anteil behalten</translation>
    </message>
    <message>
        <source>Kept against lambda</source>
        <translation>Behalten je Lambda</translation>
    </message>
    <message>
        <source>λ %1 keeps %L2</source>
        <translation>λ %1 behält %L2</translation>
    </message>
    <message>
        <source>%1 (no other {identities})</source>
        <translation>%1 (keine anderen {identities})</translation>
    </message>
    <message>
        <source>share kept</source>
        <translation>Anteil behalten</translation>
    </message>
    <message>
        <source>selection %1</source>
        <translation>Auswahl %1</translation>
    </message>
    <message>
        <source>How many {samples} each lambda keeps appears here.</source>
        <translation>Hier erscheint, wie viele {samples} jedes Lambda behält.</translation>
    </message>
    <message>
        <source>{Samples} kept</source>
        <translation>{Samples} behalten</translation>
    </message>
    <message>
        <source>With {samples} chosen, the curves of their {identities} beside that of all.</source>
        <translation>Mit gewählten {samples+n} die Kurven ihrer {identities} neben der aller.</translation>
    </message>
    <message>
        <source>place in the order of the {samples}</source>
        <translation>Platz in der Reihenfolge der {samples}</translation>
    </message>
    <message>
        <source>{samples} kept</source>
        <translation>{samples} behalten</translation>
    </message>
</context>
<context>
    <name>discern::ui::LambdaBox</name>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>As in the paper: 0 keeps nobody, far below keeps all.</source>
        <translation>Wie in der Arbeit: 0 behält niemanden, weit darunter alle.</translation>
    </message>
    <message>
        <source>Divided by the number of other {identities}: travels between data sets.</source>
        <translation>Geteilt durch die Zahl der anderen {identities}: zwischen Datensätzen übertragbar.</translation>
    </message>
    <message>
        <source>λ / (C − 1)</source>
        <translation>λ / (C − 1)</translation>
    </message>
    <message>
        <source>Share kept</source>
        <translation>Anteil behalten</translation>
    </message>
    <message>
        <source>One cut, known at this lambda alone.</source>
        <translation>Ein Schnitt, nur bei diesem Lambda bekannt.</translation>
    </message>
    <message>
        <source>Of the {samples} that some lambda keeps; the smallest selection that keeps at least so many.</source>
        <translation>Der {samples}, die irgendein Lambda behält; die kleinste Auswahl, die mindestens so viele behält.</translation>
    </message>
    <message>
        <source>%L1 {samples} kept, %L2 discarded.</source>
        <translation>%L1 {samples} behalten, %L2 verworfen.</translation>
    </message>
    <message>
        <source>An order of the {samples}: any share can be kept, and no lambda is in it.</source>
        <translation>Eine Reihenfolge der {samples}: Jeder Anteil kann behalten werden, ein Lambda gibt es darin nicht.</translation>
    </message>
</context>
<context>
    <name>discern::ui::MainWindow</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>As imported</source>
        <translation>Wie importiert</translation>
    </message>
    <message>
        <source>A double click takes decisions back, or makes them again, up to there</source>
        <translation>Ein Doppelklick nimmt Entscheidungen bis dorthin zurück oder trifft sie wieder</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>Zurückgenommen: %1</translation>
    </message>
    <message>
        <source>%1. Ctrl+Z takes it back</source>
        <translation>%1. Strg+Z nimmt es zurück</translation>
    </message>
    <message>
        <source>How the old parts were made is not on record; make them on their pages.</source>
        <translation>Wie die veralteten Teile entstanden, ist nicht verzeichnet; machen Sie sie auf ihren Seiten.</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen…</translation>
    </message>
    <message>
        <source>%1: the folder is gone; open it where it is now.</source>
        <translation>%1: Der Ordner ist weg; öffnen Sie ihn dort, wo er jetzt ist.</translation>
    </message>
    <message>
        <source>“%1” was stopped before its end; what is done stays done.</source>
        <translation>„%1“ wurde vor dem Ende angehalten; was fertig ist, bleibt.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The {samples} are in. Next: features and scores of every one.</source>
        <translation>Die {samples} sind da. Als Nächstes: Merkmale und Bewertungen für jedes.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>The images of “%1” are not in %2 any more.</source>
        <translation>Die Bilder von „%1“ sind nicht mehr in %2.</translation>
    </message>
    <message>
        <source>The folder was moved…</source>
        <translation>Ordner wurde verschoben…</translation>
    </message>
    <message>
        <source>%1 – Discern</source>
        <translation>%1 – Discern</translation>
    </message>
    <message>
        <source>Discern</source>
        <translation>Discern</translation>
    </message>
    <message>
        <source>The language changes when Discern is started again.</source>
        <translation>Die Sprache wechselt, wenn Discern neu gestartet wird.</translation>
    </message>
    <message>
        <source>About Discern</source>
        <translation>Über Discern</translation>
    </message>
    <message>
        <source>&lt;b&gt;Discern %1&lt;/b&gt;&lt;p&gt;A workbench for face recognition over groups of images: which images make or break a template, what can be dropped, and what that saves.&lt;p&gt;Free software under the GNU General Public License, version 3 or later.</source>
        <translation>&lt;b&gt;Discern %1&lt;/b&gt;&lt;p&gt;Eine Werkbank für Gesichtserkennung über Gruppen von Bildern: welche Bilder ein Template gut oder schlecht machen, was wegfallen kann und was das spart.&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.</translation>
    </message>
    <message>
        <source>Where charts and numbers go</source>
        <translation>Wohin Diagramme und Zahlen gehen</translation>
    </message>
    <message>
        <source>Waiting for the pages to be ready…</source>
        <translation>Warten, bis die Seiten bereit sind…</translation>
    </message>
    <message>
        <source>%1 charts (PNG, SVG, PDF, CSV) and the report are in %2; the numbers follow.</source>
        <translation>%1 Diagramme (PNG, SVG, PDF, CSV) und der Bericht sind in %2; die Zahlen folgen.</translation>
    </message>
    <message>
        <source>A job is running</source>
        <translation>Ein Auftrag läuft</translation>
    </message>
    <message>
        <source>Stop the running job and close? It saves its state first, which may take half a minute; run the job again to go on.</source>
        <translation>Den laufenden Auftrag anhalten und schließen? Er sichert zuerst seinen Stand, was eine halbe Minute dauern kann; starten Sie ihn erneut, um fortzufahren.</translation>
    </message>
    <message>
        <source>The window closes as soon as the running job has saved its state.</source>
        <translation>Das Fenster schließt sich, sobald der laufende Auftrag seinen Stand gesichert hat.</translation>
    </message>
    <message>
        <source>Another project was opened meanwhile; export again.</source>
        <translation>Inzwischen wurde ein anderes Projekt geöffnet; exportieren Sie erneut.</translation>
    </message>
    <message>
        <source>The pages were not ready after a minute; export again when no job runs.</source>
        <translation>Die Seiten waren nach einer Minute nicht bereit; exportieren Sie erneut, wenn kein Auftrag läuft.</translation>
    </message>
    <message>
        <source>The features are in. Next: scores of every {sample}.</source>
        <translation>Die Merkmale sind da. Als Nächstes: Bewertungen für jedes {sample}.</translation>
    </message>
    <message>
        <source>The scores are in. Next: what they are worth, by an evaluation and a sweep.</source>
        <translation>Die Bewertungen sind da. Als Nächstes: was sie wert sind, durch eine Auswertung und einen Durchlauf.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>%1 chart (PNG, SVG, PDF, CSV) and the report are in %2; the numbers follow.</source>
        <translation>%1 Diagramm (PNG, SVG, PDF, CSV) und der Bericht sind in %2; die Zahlen folgen.</translation>
    </message>
</context>
<context>
    <name>discern::ui::MapBar</name>
    <message>
        <source>What the dots are coloured by</source>
        <translation>Wonach die Punkte gefärbt sind</translation>
    </message>
    <message>
        <source>Pictures in place of dots, where one is so near that few are seen</source>
        <translation>Bilder anstelle der Punkte, wo man so nah ist, dass nur wenige zu sehen sind</translation>
    </message>
    <message>
        <source>What lambda discards is grey</source>
        <translation>Was Lambda verwirft, ist grau</translation>
    </message>
    <message>
        <source>Find {a identity} or a file</source>
        <translation>Suchen: {identity} oder Datei</translation>
    </message>
    <message>
        <source>a column of a table…</source>
        <translation>eine Spalte einer Tabelle…</translation>
    </message>
    <message>
        <source>A table of what is known of each image</source>
        <translation>Eine Tabelle dessen, was von jedem Bild bekannt ist</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>Tabellen (*.csv *.tsv *.txt);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>discern::ui::MapBox</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Which map is looked at</source>
        <translation>Welche Karte gezeigt wird</translation>
    </message>
    <message>
        <source>Make…</source>
        <translation>Anlegen…</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Noch keine.</translation>
    </message>
    <message>
        <source>It is made from other features (%1) than the selection.</source>
        <translation>Sie entstand aus anderen Merkmalen (%1) als die Auswahl.</translation>
    </message>
    <message>
        <source>Lays the {samples} out in two dimensions by t-SNE; the map is drawn while it grows.</source>
        <translation>Legt die {samples} mit t-SNE in zwei Dimensionen aus; die Karte wird gezeichnet, während sie entsteht.</translation>
    </message>
</context>
<context>
    <name>discern::ui::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>B&amp;ild</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>&amp;Projekt</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>Auf&amp;träge</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Extract &amp;features…</source>
        <translation>Merkmale &amp;extrahieren…</translation>
    </message>
    <message>
        <source>&amp;Score…</source>
        <translation>&amp;Bewerten…</translation>
    </message>
    <message>
        <source>Make a &amp;protocol…</source>
        <translation>&amp;Protokoll anlegen…</translation>
    </message>
    <message>
        <source>&amp;Evaluate</source>
        <translation>&amp;Auswerten</translation>
    </message>
    <message>
        <source>S&amp;weep thresholds</source>
        <translation>&amp;Schwellen durchlaufen</translation>
    </message>
    <message>
        <source>E&amp;xport kept images…</source>
        <translation>Behaltene Bilder e&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>Sp&amp;rache</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Make &amp;templates for deployment…</source>
        <translation>&amp;Templates für den Einsatz…</translation>
    </message>
</context>
<context>
    <name>discern::ui::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>discern::ui::PointButton</name>
    <message>
        <source>Operating point</source>
        <translation>Betriebspunkt</translation>
    </message>
    <message>
        <source>Operating point: &gt; %1, %2, FAR %3</source>
        <translation>Betriebspunkt: &gt; %1, %2, FAR %3</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The comparisons accuracy is measured on.</source>
        <translation>Die Vergleiche, an denen Genauigkeit gemessen wird.</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>What {groups} are made of.</source>
        <translation>Woraus {groups} entstehen.</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>{A sample} must exceed the threshold by these.</source>
        <translation>{A sample} muss nach diesen über der Schwelle liegen.</translation>
    </message>
    <message>
        <source>The score {a sample} must exceed; {a group} never loses its best one.</source>
        <translation>Die Bewertung, die {a sample} übertreffen muss; {a group} verliert nie sein bestes.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Weighed by</source>
        <translation>Gewichtet nach</translation>
    </message>
    <message>
        <source>Scores that weigh the {samples} which stay: the same, or another table&apos;s, such as a head&apos;s.</source>
        <translation>Bewertungen, die die bleibenden {samples} gewichten: dieselben oder die einer anderen Tabelle, etwa eines Kopfes.</translation>
    </message>
    <message>
        <source>Rescale</source>
        <translation>Umskalieren</translation>
    </message>
    <message>
        <source>Whether weights are rescaled inside {a group} (the paper) or taken as they are.</source>
        <translation>Ob Gewichte in einem {group} umskaliert werden (wie in der Arbeit) oder so gelten, wie sie sind.</translation>
    </message>
    <message>
        <source>False accepts</source>
        <translation>Falschakzeptanz</translation>
    </message>
    <message>
        <source>The largest false accept rate allowed; the true accept rate is read there.</source>
        <translation>Die größte erlaubte Falschakzeptanzrate; dort wird die Richtigakzeptanzrate abgelesen.</translation>
    </message>
    <message>
        <source>No operating point</source>
        <translation>Kein Betriebspunkt</translation>
    </message>
    <message>
        <source>Operating point: &gt; %L1, %2, FAR %3</source>
        <translation>Betriebspunkt: &gt; %L1, %2, FAR %3</translation>
    </message>
    <message>
        <source>the scores themselves</source>
        <translation>die Bewertungen selbst</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>features %1, protocol %2, FAR %L3</source>
        <translation>Merkmale %1, Protokoll %2, FAR %L3</translation>
    </message>
    <message>
        <source>Operating point: no scores, %1</source>
        <translation>Betriebspunkt: keine Bewertungen, %1</translation>
    </message>
    <message>
        <source>Operating point: scores %1 &gt; %L2, %3, %4</source>
        <translation>Betriebspunkt: Bewertungen %1 &gt; %L2, %3, %4</translation>
    </message>
    <message>
        <source>features %1 as they are, protocol %2, FAR %L3</source>
        <translation>Merkmale %1, wie sie sind, Protokoll %2, FAR %L3</translation>
    </message>
    <message>
        <source>&amp;Back to the previous point</source>
        <translation>&amp;Zurück zum vorigen Betriebspunkt</translation>
    </message>
    <message>
        <source>&amp;Forward to the next point</source>
        <translation>Vor zum &amp;nächsten Betriebspunkt</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Längen</translation>
    </message>
    <message>
        <source>Whether every {sample} counts alike in {a group}&apos;s mean (unit), or longer features more (raw, as in both papers).</source>
        <translation>Ob jedes {sample} im Mittel eines {group}s gleich zählt (unit) oder längere Merkmale mehr (raw, wie in beiden Arbeiten).</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
</context>
<context>
    <name>discern::ui::PointPreset</name>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>recommended</source>
        <translation>empfohlen</translation>
    </message>
    <message>
        <source>Features of length 1, weights rescaled where it helps; the threshold stays</source>
        <translation>Merkmale der Länge 1, Gewichte umskaliert, wo es hilft; die Schwelle bleibt</translation>
    </message>
    <message>
        <source>What the operating point is set to as a whole: the recommended way, or a paper&apos;s</source>
        <translation>Worauf der Betriebspunkt als Ganzes gesetzt wird: wie empfohlen oder wie in einer Arbeit</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>eigene</translation>
    </message>
</context>
<context>
    <name>discern::ui::ProjectOpener</name>
    <message>
        <source>Where the project goes</source>
        <translation>Wohin das Projekt kommt</translation>
    </message>
    <message>
        <source>Discern projects (*.discern)</source>
        <translation>Discern-Projekte (*.discern)</translation>
    </message>
    <message>
        <source>Open a project (NAME.discern)</source>
        <translation>Projekt öffnen (NAME.discern)</translation>
    </message>
    <message>
        <source>Folder of faces, one sub-folder for each person</source>
        <translation>Ordner mit Gesichtern, ein Unterordner je Person</translation>
    </message>
</context>
<context>
    <name>discern::ui::RankingsPanel</name>
    <message>
        <source>Where as many lowest scores are taken from</source>
        <translation>Woher ebenso viele niedrigste Bewertungen genommen werden</translation>
    </message>
    <message>
        <source>Inside each {identity}</source>
        <translation>In jeder {identity}</translation>
    </message>
    <message>
        <source>Lowest by the selection</source>
        <translation>Niedrigste nach der Auswahl</translation>
    </message>
    <message>
        <source>Lowest by the scores</source>
        <translation>Niedrigste nach den Bewertungen</translation>
    </message>
    <message>
        <source>−λ from which it is kept</source>
        <translation>−λ, von dem an es behalten wird</translation>
    </message>
    <message>
        <source>selection %1</source>
        <translation>Auswahl %1</translation>
    </message>
    <message>
        <source>score (%1)</source>
        <translation>Bewertung (%1)</translation>
    </message>
    <message>
        <source>Discarded by lambda, the last to be kept first</source>
        <translation>Nach Lambda verworfen, die zuletzt behaltenen zuerst</translation>
    </message>
    <message>
        <source>As many lowest scores of %1, the lowest first</source>
        <translation>Ebenso viele niedrigste Bewertungen von %1, die niedrigsten zuerst</translation>
    </message>
    <message>
        <source>in both</source>
        <translation>in beiden</translation>
    </message>
    <message>
        <source>place in the order</source>
        <translation>Platz in der Reihenfolge</translation>
    </message>
    <message>
        <source>Discarded, the last to be kept first</source>
        <translation>Verworfen, was zuletzt behalten würde zuerst</translation>
    </message>
    <message>
        <source>Over all {samples}</source>
        <translation>Über alle {samples}</translation>
    </message>
    <message>
        <source>No {sample} is discarded here.</source>
        <translation>Kein {sample} ist hier verworfen.</translation>
    </message>
</context>
<context>
    <name>discern::ui::ReportPage</name>
    <message>
        <source>Nothing to report yet</source>
        <translation>Noch nichts zu berichten</translation>
    </message>
    <message>
        <source>Import {subjects} first; everything that is done with them is written down here.</source>
        <translation>Importieren Sie zuerst {subjects}; alles, was damit geschieht, wird hier festgehalten.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Pictures of the worst and best {groups}; off, since a report travels</source>
        <translation>Bilder der schlechtesten und besten {groups}; aus, weil ein Bericht weitergegeben wird</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>HTML and PDF</source>
        <translation>HTML und PDF</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>One HTML file with everything in it, or the pages of a PDF; discern report does the same</source>
        <translation>Eine HTML-Datei mit allem darin oder die Seiten einer PDF-Datei; discern report tut dasselbe</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Being made anew…</source>
        <translation>Wird neu erstellt…</translation>
    </message>
    <message>
        <source>Nothing ran yet</source>
        <translation>Noch lief nichts</translation>
    </message>
    <message>
        <source>As of %1 UTC; made of the project and its operating point, whatever other pages show</source>
        <translation>Stand %1 UTC; aus dem Projekt und seinem Betriebspunkt, was auch andere Seiten zeigen</translation>
    </message>
    <message>
        <source>Folder for report.html and report.pdf</source>
        <translation>Ordner für report.html und report.pdf</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>HTML, one file (*.html)</source>
        <translation>HTML, eine Datei (*.html)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Nach %1 geschrieben.</translation>
    </message>
    <message>
        <source>{Subjects}</source>
        <translation>{Subjects}</translation>
    </message>
</context>
<context>
    <name>discern::ui::ReviewPage</name>
    <message>
        <source>What is doubtful</source>
        <translation>Was zweifelhaft ist</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Benannt</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>Ähnelt</translation>
    </message>
    <message>
        <source>No label is in doubt</source>
        <translation>Kein Name ist zweifelhaft</translation>
    </message>
    <message>
        <source>No {sample} is nearer to another {identity} than to its own, and no two {identities} look like one, of those that nobody has decided about.</source>
        <translation>Kein {sample} ist einer anderen {identity} näher als der eigenen, und keine zwei {identities} sehen wie eine aus, soweit noch niemand darüber entschieden hat.</translation>
    </message>
    <message>
        <source>Nothing to review yet</source>
        <translation>Noch nichts durchzusehen</translation>
    </message>
    <message>
        <source>D-scores say which {samples} are nearer to another {identity} than to their own.</source>
        <translation>D-Scores sagen, welche {samples} einer anderen {identity} näher sind als der eigenen.</translation>
    </message>
    <message>
        <source>Import {samples}…</source>
        <translation>{Samples} importieren…</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>Compute scores…</source>
        <translation>Bewertungen berechnen…</translation>
    </message>
    <message>
        <source>= %1</source>
        <translation>= %1</translation>
    </message>
    <message>
        <source>Two names that look like one {identity}</source>
        <translation>Zwei Namen, die wie eine {identity} aussehen</translation>
    </message>
    <message>
        <source>{A sample} that looks like another {identity}</source>
        <translation>{A sample}, das einer anderen {identity} ähnelt</translation>
    </message>
    <message>
        <source>%1, most typical first</source>
        <translation>%1, Typischste zuerst</translation>
    </message>
    <message>
        <source>Are %1 and %2 one person?</source>
        <translation>Sind %1 und %2 eine Person?</translation>
    </message>
    <message>
        <source>Is this %1, or %2?</source>
        <translation>Ist das %1 oder %2?</translation>
    </message>
    <message>
        <source>The cosine of their centroids is %1. Below each image: its cosine to its own centroid.</source>
        <translation>Der Kosinus ihrer Zentroide ist %1. Unter jedem Bild: sein Kosinus zum eigenen Zentroid.</translation>
    </message>
    <message>
        <source>%1 to the centroid of %2, %3 to that of %4. Below each {sample}: to its own centroid.</source>
        <translation>%1 zum Zentroid von %2, %3 zu dem von %4. Unter jedem {sample}: zum eigenen Zentroid.</translation>
    </message>
    <message>
        <source>The {sample} in doubt</source>
        <translation>Das zweifelhafte {sample}</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>One person: merge</source>
        <translation>Zusammenlegen</translation>
    </message>
    <message>
        <source>It is %1</source>
        <translation>Es ist %1</translation>
    </message>
    <message>
        <source>Different people</source>
        <translation>Verschiedene Personen</translation>
    </message>
    <message>
        <source>Neither: leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>cos</source>
        <translation>cos</translation>
    </message>
    <message>
        <source>Δ</source>
        <translation>Δ</translation>
    </message>
    <message>
        <source>To the centroid of whom it looks like; of two names that of their centroids</source>
        <translation>Zum Zentroid dessen, dem es ähnlich sieht; bei zwei Namen der ihrer Zentroide</translation>
    </message>
    <message>
        <source>By how much it is nearer to the other one&apos;s centroid than to its own; two names have no such number</source>
        <translation>Um wie viel es dem anderen Zentroid näher ist als dem eigenen; bei zwei Namen gibt es diese Zahl nicht</translation>
    </message>
    <message>
        <source>%1 and %2 to look at</source>
        <translation>%1 und %2 anzusehen</translation>
    </message>
    <message>
        <source>1 pair</source>
        <translation>1 Paar</translation>
    </message>
    <message>
        <source>%L1 pairs</source>
        <translation>%L1 Paare</translation>
    </message>
</context>
<context>
    <name>discern::ui::RunCurves</name>
    <message>
        <source>The curves of the chosen runs appear here while they train.</source>
        <translation>Die Kurven der gewählten Läufe erscheinen hier, während sie trainieren.</translation>
    </message>
    <message>
        <source>Which curve</source>
        <translation>Welche Kurve</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>%1 (run %2)</source>
        <translation>%1 (Lauf %2)</translation>
    </message>
    <message>
        <source>runs %1</source>
        <translation>Läufe %1</translation>
    </message>
</context>
<context>
    <name>discern::ui::RunsPanel</name>
    <message>
        <source>Whose numbers are shown</source>
        <translation>Wessen Zahlen gezeigt werden</translation>
    </message>
    <message>
        <source>Which aggregation evaluations are shown by</source>
        <translation>Nach welcher Aggregation Auswertungen gezeigt werden</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Tabelle speichern…</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>Aggregation</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Ticked ones have a row.</source>
        <translation>Angehakte haben eine Zeile.</translation>
    </message>
    <message>
        <source>Runs side by side</source>
        <translation>Läufe nebeneinander</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Tick runs on the left: trainings, scores, evaluations and searches.</source>
        <translation>Haken Sie links Läufe an: Trainings, Bewertungen, Auswertungen und Suchen.</translation>
    </message>
    <message>
        <source>Only options that differ have a column; those of what a run was made from, too.</source>
        <translation>Nur Optionen, die sich unterscheiden, haben eine Spalte, auch die dessen, woraus ein Lauf gemacht ist.</translation>
    </message>
</context>
<context>
    <name>discern::ui::SampleModel</name>
    <message>
        <source>Id</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>{Identity}</source>
        <translation>{Identity}</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Eigener</translation>
    </message>
    <message>
        <source>Hardest</source>
        <translation>Härtester</translation>
    </message>
    <message>
        <source>Most confused with</source>
        <translation>Verwechselt mit</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Left out of</source>
        <translation>Ausgelassen aus</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Number of the sample in this project</source>
        <translation>Nummer des Bilds in diesem Projekt</translation>
    </message>
    <message>
        <source>Who it shows, after merges</source>
        <translation>Wen es zeigt, nach Zusammenlegungen</translation>
    </message>
    <message>
        <source>The set it was imported with</source>
        <translation>Der Satz, mit dem es importiert wurde</translation>
    </message>
    <message>
        <source>Train, test or pool</source>
        <translation>Training, Test oder Pool</translation>
    </message>
    <message>
        <source>Discriminability score in (0, 1); larger is better</source>
        <translation>Unterscheidbarkeit in (0, 1); größer ist besser</translation>
    </message>
    <message>
        <source>Share of the scored {samples} below it</source>
        <translation>Anteil der bewerteten {samples} darunter</translation>
    </message>
    <message>
        <source>Raw value before normalising</source>
        <translation>Rohwert vor der Normierung</translation>
    </message>
    <message>
        <source>Cosine to the centroid of its own {identity}</source>
        <translation>Kosinus zum Zentroid der eigenen {identity}</translation>
    </message>
    <message>
        <source>Cosine to the nearest other {identity}&apos;s centroid</source>
        <translation>Kosinus zum Zentroid der nächsten anderen {identity}</translation>
    </message>
    <message>
        <source>The other {identity} whose centroid is nearest</source>
        <translation>Die andere {identity}, deren Zentroid am nächsten liegt</translation>
    </message>
    <message>
        <source>Whether it has a score, and why not</source>
        <translation>Ob es eine Bewertung hat, und wenn nicht, warum</translation>
    </message>
    <message>
        <source>Of what a person left it out</source>
        <translation>Woraus jemand es ausgelassen hat</translation>
    </message>
    <message>
        <source>What a person said of it</source>
        <translation>Was jemand dazu meinte</translation>
    </message>
    <message>
        <source>Words to find it by</source>
        <translation>Wörter, um es zu finden</translation>
    </message>
    <message>
        <source>A person&apos;s note</source>
        <translation>Notiz einer Person</translation>
    </message>
</context>
<context>
    <name>discern::ui::ScatterChart</name>
    <message>
        <source>density of %L1 dots; zoom in to see them</source>
        <translation>Dichte von %L1 Punkten; vergrößern, um sie zu sehen</translation>
    </message>
</context>
<context>
    <name>discern::ui::ScoreStrip</name>
    <message>
        <source>threshold %L1</source>
        <translation>Schwelle %L1</translation>
    </message>
    <message>
        <source>
score %L1</source>
        <translation>
Bewertung %L1</translation>
    </message>
    <message>
        <source>
no score</source>
        <translation>
keine Bewertung</translation>
    </message>
    <message>
        <source>, kept</source>
        <translation>, behalten</translation>
    </message>
    <message>
        <source>, dropped</source>
        <translation>, verworfen</translation>
    </message>
    <message>
        <source>, switched off</source>
        <translation>, ausgeschaltet</translation>
    </message>
</context>
<context>
    <name>discern::ui::ScoresPage</name>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>{Groups} are those of the chosen protocol</source>
        <translation>{Groups} sind die des gewählten Protokolls</translation>
    </message>
    <message>
        <source>{Groups}</source>
        <translation>{Groups}</translation>
    </message>
    <message>
        <source>{Identities}</source>
        <translation>{Identities}</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>What comes first; a click on a column&apos;s head sorts by it, too</source>
        <translation>Was zuerst kommt; auch ein Klick auf einen Spaltenkopf sortiert danach</translation>
    </message>
    <message>
        <source>Lowest mean score</source>
        <translation>Niedrigstes Mittel</translation>
    </message>
    <message>
        <source>Smallest kept share</source>
        <translation>Kleinster Anteil</translation>
    </message>
    <message>
        <source>Worst genuine match</source>
        <translation>Schlechtester echter Vergleich</translation>
    </message>
    <message>
        <source>Best impostor match</source>
        <translation>Bester fremder Vergleich</translation>
    </message>
    <message>
        <source>Largest rank</source>
        <translation>Größter Rang</translation>
    </message>
    <message>
        <source>Most {samples}</source>
        <translation>Meiste {samples}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>Andersherum</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Order of the {samples} in a row</source>
        <translation>Reihenfolge der {samples} in einer Zeile</translation>
    </message>
    <message>
        <source>Lowest first</source>
        <translation>Aufsteigend</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Wie sie sind</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Arrows move from {sample} to {sample}, Return opens it, Left of the first one is the row itself</source>
        <translation>Pfeiltasten gehen von {sample} zu {sample}, Eingabe öffnet es, links vom ersten ist die Zeile selbst</translation>
    </message>
    <message>
        <source>Nothing to show: the tool bar&apos;s switch leaves no {sample}.</source>
        <translation>Nichts zu zeigen: Der Schalter der Werkzeugleiste lässt kein {sample} übrig.</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Share of its {samples} that the operating point keeps</source>
        <translation>Anteil der {samples}, die der Betriebspunkt behält</translation>
    </message>
    <message>
        <source>Genuine</source>
        <translation>Echte</translation>
    </message>
    <message>
        <source>The lowest similarity to another {group} of the same {identity} in the protocol</source>
        <translation>Die niedrigste Ähnlichkeit zu einem anderen {group} derselben {identity} im Protokoll</translation>
    </message>
    <message>
        <source>Impostor</source>
        <translation>Fremde</translation>
    </message>
    <message>
        <source>The highest similarity to {a group} of another {identity} in the protocol</source>
        <translation>Die höchste Ähnlichkeit zu einem {group} einer anderen {identity} im Protokoll</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Place of its own {identity} in a search among all {groups} of the protocol; 1: found</source>
        <translation>Platz der eigenen {identity} bei einer Suche unter allen {groups+n} des Protokolls; 1: gefunden</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>{samples}</source>
        <translation>{samples}</translation>
    </message>
    <message>
        <source>Lowest scores</source>
        <translation>Niedrigste Bewertungen</translation>
    </message>
    <message>
        <source>Closest to somebody else, or far from their own {identity}</source>
        <translation>Jemand anderem näher oder weit von der eigenen {identity}</translation>
    </message>
    <message>
        <source>Highest scores</source>
        <translation>Höchste Bewertungen</translation>
    </message>
    <message>
        <source>Most telling {samples} of their {identity}</source>
        <translation>Bezeichnendste {samples} ihrer {identity}</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist offen</translation>
    </message>
    <message>
        <source>Open one from the File menu, or import {samples} to make a new one.</source>
        <translation>Öffnen Sie eines im Menü Datei oder importieren Sie {samples}, um ein neues anzulegen.</translation>
    </message>
    <message>
        <source>Import {samples}…</source>
        <translation>{Samples} importieren…</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import {samples} first; then each of them gets a score.</source>
        <translation>Importieren Sie zuerst {samples}; dann bekommt jedes eine Bewertung.</translation>
    </message>
    <message>
        <source>No features yet</source>
        <translation>Noch keine Merkmale</translation>
    </message>
    <message>
        <source>A base model turns every {sample} into a feature; scores come from features.</source>
        <translation>Ein Basismodell macht aus jedem {sample} ein Merkmal; Bewertungen entstehen aus Merkmalen.</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>Noch keine Bewertungen</translation>
    </message>
    <message>
        <source>The score of {a sample} compares how close it is to its own {identity} and to the nearest other one.</source>
        <translation>Die Bewertung vergleicht, wie nah {a sample} der eigenen {identity} und der nächsten anderen ist.</translation>
    </message>
    <message>
        <source>Compute scores…</source>
        <translation>Bewertungen berechnen…</translation>
    </message>
    <message>
        <source>{Group}</source>
        <translation>{Group}</translation>
    </message>
    <message>
        <source>{Identity}</source>
        <translation>{Identity}</translation>
    </message>
    <message>
        <source>its {samples}, lowest first; hatched: dropped</source>
        <translation>seine {samples}, niedrigste zuerst; schraffiert: verworfen</translation>
    </message>
    <message>
        <source>its {samples} in their own order; hatched: dropped</source>
        <translation>seine {samples} in ihrer Reihenfolge; schraffiert: verworfen</translation>
    </message>
    <message>
        <source>comparing {groups}: %1 %</source>
        <translation>{groups} werden verglichen: %1 %</translation>
    </message>
    <message>
        <source>make a protocol to see how {groups} match</source>
        <translation>legen Sie ein Protokoll an, um zu sehen, wie {groups} passen</translation>
    </message>
    <message>
        <source>ranks are told up to %L1 {groups}</source>
        <translation>Ränge werden bis %L1 {groups} angegeben</translation>
    </message>
    <message>
        <source>%1 scored</source>
        <translation>%1 bewertet</translation>
    </message>
    <message>
        <source>, %1 without a score</source>
        <translation>, %1 ohne Bewertung</translation>
    </message>
    <message>
        <source>
%1: genuine %2, impostor %3, rank %4</source>
        <translation>
%1: echt %2, fremd %3, Rang %4</translation>
    </message>
    <message>
        <source>; accepted: %1 of %2 genuine, %3 of %4 impostors</source>
        <translation>; akzeptiert: %1 von %2 echten, %3 von %4 fremden</translation>
    </message>
    <message>
        <source>average of all {samples}</source>
        <translation>Mittel aller {samples}</translation>
    </message>
    <message>
        <source>
worst genuine: with %1</source>
        <translation>
schlechtester echter: mit %1</translation>
    </message>
    <message>
        <source>
best impostor: %1</source>
        <translation>
bester fremder: %1</translation>
    </message>
    <message>
        <source>
Double click: everything about it</source>
        <translation>
Doppelklick: alles darüber</translation>
    </message>
    <message>
        <source>
no score: %1</source>
        <translation>
keine Bewertung: %1</translation>
    </message>
    <message>
        <source>
score %1, percentile %2</source>
        <translation>
Bewertung %1, Perzentil %2</translation>
    </message>
    <message>
        <source>
%1 %L2</source>
        <translation>
%1 %L2</translation>
    </message>
    <message>
        <source>
dropped at the operating point</source>
        <translation>
am Betriebspunkt verworfen</translation>
    </message>
    <message>
        <source>
most confused with %1</source>
        <translation>
am ehesten verwechselt mit %1</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>The tool bar&apos;s scores, or others for a look: hatched is what the tool bar&apos;s scores drop, whatever the colour</source>
        <translation>Die Bewertungen der Werkzeugleiste oder andere zum Ansehen: Schraffiert ist immer, was die Bewertungen der Werkzeugleiste verwerfen</translation>
    </message>
    <message>
        <source>As the tool bar</source>
        <translation>Wie oben</translation>
    </message>
    <message>
        <source>As the tool bar: %1</source>
        <translation>Wie oben: %1</translation>
    </message>
    <message>
        <source>%L1: %L2 % lie above</source>
        <translation>%L1: %L2 % liegen darüber</translation>
    </message>
</context>
<context>
    <name>discern::ui::SelectionBox</name>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Which selection is looked at</source>
        <translation>Welche Auswahl gezeigt wird</translation>
    </message>
    <message>
        <source>Select…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Noch keine.</translation>
    </message>
    <message>
        <source>%L1 can never be kept: alone in their {identity} or like nobody in it.</source>
        <translation>%L1 können nie behalten werden: allein in ihrer {identity} oder niemandem darin ähnlich.</translation>
    </message>
    <message>
        <source>Put in an order by %1.</source>
        <translation>Von %1 in eine Reihenfolge gebracht.</translation>
    </message>
    <message>
        <source>Works out, for every lambda at once, which {samples} are worth learning from.</source>
        <translation>Rechnet für alle Lambda auf einmal aus, aus welchen {samples+n} zu lernen sich lohnt.</translation>
    </message>
    <message>
        <source>%L1 {samples} of %L2 training {identities}, from features %3.</source>
        <translation>%L1 {samples} von %L2 Trainings-{identities+n}, aus Merkmalen %3.</translation>
    </message>
    <message>
        <source>%L1 {samples} of %L2 training {identities} (of %L3; the others have none), from features %4.</source>
        <translation>%L1 {samples} von %L2 Trainings-{identities+n} (von %L3; die anderen haben keine), aus Merkmalen %4.</translation>
    </message>
</context>
<context>
    <name>discern::ui::SelectionPage</name>
    <message>
        <source>Against the scores</source>
        <translation>Gegen die Bewertungen</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>No features yet</source>
        <translation>Noch keine Merkmale</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>No selection yet</source>
        <translation>Noch keine Auswahl</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Make a map</source>
        <translation>Karte anlegen</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Kept by lambda</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>One cut is made at one lambda: say which.</source>
        <translation>Ein Schnitt wird bei einem Lambda gemacht: bitte angeben.</translation>
    </message>
    <message>
        <source>Discarded {samples}</source>
        <translation>Verworfene {samples}</translation>
    </message>
    <message>
        <source>Chosen {samples}</source>
        <translation>Ausgewählte {samples}</translation>
    </message>
    <message>
        <source>Import the {samples} to learn from; the ones worth it are selected by their features.</source>
        <translation>Importieren Sie die {samples} zum Lernen; die lohnenden werden nach ihren Merkmalen ausgewählt.</translation>
    </message>
    <message>
        <source>A teacher must look at the {samples} before the ones worth learning from are known.</source>
        <translation>Ein Lehrer muss die {samples} sehen, bevor bekannt ist, aus welchen zu lernen sich lohnt.</translation>
    </message>
    <message>
        <source>Selecting finds the training {samples} worth learning from, exactly and for every lambda at once; then a slider shows what each lambda keeps and discards.</source>
        <translation>Das Auswählen findet die {samples}, aus denen zu lernen sich lohnt, exakt und für alle Lambda auf einmal; dann zeigt ein Regler, was jedes Lambda behält und verwirft.</translation>
    </message>
    <message>
        <source>Select {samples}…</source>
        <translation>{Samples} auswählen…</translation>
    </message>
    <message>
        <source>Select {samples}</source>
        <translation>{Samples} auswählen</translation>
    </message>
    <message>
        <source>Which training {samples} are worth learning from, exactly and for every lambda at once: one that looks more like other {identities} than like its own is discarded first.</source>
        <translation>Aus welchen {samples+n} zu lernen sich lohnt, exakt und für alle Lambda auf einmal: Was anderen {identities+n} ähnlicher sieht als der eigenen, wird zuerst verworfen.</translation>
    </message>
    <message>
        <source>{Samples} that are alike come to lie beside each other. The map is drawn here while it grows.</source>
        <translation>{Samples}, die sich ähneln, kommen nebeneinander zu liegen. Die Karte wird hier gezeichnet, während sie entsteht.</translation>
    </message>
</context>
<context>
    <name>discern::ui::SlicesPage</name>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>what the project itself knows</source>
        <translation>was das Projekt selbst weiß</translation>
    </message>
    <message>
        <source>A CSV that says something of images: a column path, sample or identity, and others such as camera, year, sex, age or skin tone. Empty: what the project itself knows.</source>
        <translation>Eine CSV-Datei, die etwas über Bilder sagt: eine Spalte path, sample oder identity und weitere wie Kamera, Jahr, Geschlecht, Alter oder Hautton. Leer: was das Projekt selbst weiß.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>What the comparisons are parted by</source>
        <translation>Wonach die Vergleiche aufgeteilt werden</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Compare the parts</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>At the operating point: its protocol, features, scores, threshold and FAR</source>
        <translation>Am Betriebspunkt: mit seinem Protokoll, seinen Merkmalen, Bewertungen, seiner Schwelle und FAR</translation>
    </message>
    <message>
        <source>Results that were measured before</source>
        <translation>Früher gemessene Ergebnisse</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Error rates</source>
        <translation>Fehlerraten</translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation>Vergleiche</translation>
    </message>
    <message>
        <source>Error versus discard</source>
        <translation>Fehler gegen Verwerfen</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teilgruppen</translation>
    </message>
    <message>
        <source>Nothing to part yet</source>
        <translation>Noch nichts aufzuteilen</translation>
    </message>
    <message>
        <source>Features of the {samples} and a protocol say what is compared; a column of a table parts the comparisons.</source>
        <translation>Merkmale der {samples} und ein Protokoll sagen, was verglichen wird; eine Spalte einer Tabelle teilt die Vergleiche auf.</translation>
    </message>
    <message>
        <source>Import {samples}…</source>
        <translation>{Samples} importieren…</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>Make a protocol…</source>
        <translation>Protokoll anlegen…</translation>
    </message>
    <message>
        <source>%1 (run %2)</source>
        <translation>%1 (Lauf %2)</translation>
    </message>
    <message>
        <source>%1 has no column beside those that say whose a row is.</source>
        <translation>%1 hat keine Spalte außer denen, die sagen, wessen eine Zeile ist.</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>Tabellen (*.csv *.tsv *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>No parts were compared yet</source>
        <translation>Noch wurden keine Teilgruppen verglichen</translation>
    </message>
    <message>
        <source>Choose a table of metadata and one of its columns above: camera, year, sex, age, skin tone. Each value&apos;s comparisons are read at the one threshold of all.</source>
        <translation>Wählen Sie oben eine Tabelle mit Metadaten und eine ihrer Spalten: Kamera, Jahr, Geschlecht, Alter, Hautton. Die Vergleiche jedes Werts werden an der einen Schwelle für alle abgelesen.</translation>
    </message>
    <message>
        <source>The lowest true accept rate</source>
        <translation>Die niedrigste Richtigakzeptanzrate</translation>
    </message>
    <message>
        <source>Fewer than 30 genuine comparisons, or than 3 / FAR impostors: its numbers may be chance</source>
        <translation>Weniger als 30 echte Vergleiche oder weniger als 3 / FAR fremde: Die Zahlen können Zufall sein</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>Teilgruppen</translation>
    </message>
</context>
<context>
    <name>discern::ui::StaleButton</name>
    <message>
        <source>Make 1 old part again</source>
        <translation>1 veralteten Teil neu machen</translation>
    </message>
    <message>
        <source>Make %1 old parts again</source>
        <translation>%1 veraltete Teile neu machen</translation>
    </message>
    <message>
        <source>Made before what they are made of changed:</source>
        <translation>Entstanden, bevor sich das änderte, woraus sie gemacht sind:</translation>
    </message>
    <message>
        <source>Networks are not among them: where people of their training were left out, moved or merged, train them again.</source>
        <translation>Netze sind nicht darunter: Wo Menschen aus ihrem Training ausgelassen, verschoben oder zusammengelegt wurden, trainieren Sie sie neu.</translation>
    </message>
</context>
<context>
    <name>discern::ui::StartPage</name>
    <message>
        <source>Discern</source>
        <translation>Discern</translation>
    </message>
    <message>
        <source>See which images make or break recognition, how many you can drop, and what that saves.</source>
        <translation>Sehen Sie, welche Bilder die Erkennung gut oder schlecht machen, wie viele wegfallen können und was das spart.</translation>
    </message>
    <message>
        <source>New project from a folder of faces…</source>
        <translation>Neues Projekt aus einem Ordner mit Gesichtern…</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Try the built-in demo</source>
        <translation>Eingebaute Vorführung ausprobieren</translation>
    </message>
    <message>
        <source>Renders faces of made-up people, scores them, trains a small network and evaluates: some minutes.</source>
        <translation>Rendert Gesichter erfundener Menschen, bewertet sie, trainiert ein kleines Netz und wertet aus: einige Minuten.</translation>
    </message>
    <message>
        <source>A folder with one sub-folder for each person can also be dropped onto this window.</source>
        <translation>Ein Ordner mit je einem Unterordner pro Person lässt sich auch auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>discern::ui::StudentForm</name>
    <message>
        <source>Select {samples} first…</source>
        <translation>Zuerst {samples} auswählen…</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>The running one and those that wait; what was learned so far is kept.</source>
        <translation>Den laufenden und die wartenden; was bisher gelernt wurde, bleibt.</translation>
    </message>
    <message>
        <source>How many of the {subjects} are kept</source>
        <translation>Wie viele der {subjects} behalten werden</translation>
    </message>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>Share kept</source>
        <translation>Anteil behalten</translation>
    </message>
    <message>
        <source>At first the one of the Selection page.</source>
        <translation>Zuerst das der Seite Auswahl.</translation>
    </message>
    <message>
        <source>Students</source>
        <translation>Schüler</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Modes</source>
        <translation>Modi</translation>
    </message>
    <message>
        <source>A teacher must have looked at the {subjects} first: extract features.</source>
        <translation>Zuerst muss ein Lehrer die {subjects} gesehen haben: Extrahieren Sie Merkmale.</translation>
    </message>
    <message>
        <source>Modes s and sc learn from selected {subjects}, and none are selected yet.</source>
        <translation>Die Modi s und sc lernen aus ausgewählten {subjects+n}, und noch sind keine ausgewählt.</translation>
    </message>
    <message>
        <source>Choose at least one size and one mode.</source>
        <translation>Wählen Sie mindestens eine Größe und einen Modus.</translation>
    </message>
    <message>
        <source>Start %1 trainings</source>
        <translation>%1 Trainings starten</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>Students look at one square picture, and no {sample} is that.</source>
        <translation>Schüler sehen ein einzelnes quadratisches Bild, und das ist kein {sample}.</translation>
    </message>
</context>
<context>
    <name>discern::ui::StudentsPanel</name>
    <message>
        <source>AUC and accuracy need pairs of single {samples}: import a set with its pairs file, or make a protocol of size 1, before students are trained.</source>
        <translation>AUC und Genauigkeit brauchen Paare einzelner {samples}: Importieren Sie einen Satz mit seiner Paardatei oder legen Sie ein Protokoll der Größe 1 an, bevor Schüler trainiert werden.</translation>
    </message>
    <message>
        <source>Students and their teacher</source>
        <translation>Schüler und ihr Lehrer</translation>
    </message>
    <message>
        <source>The comparisons AUC and accuracy are measured on</source>
        <translation>Die Vergleiche, an denen AUC und Genauigkeit gemessen werden</translation>
    </message>
    <message>
        <source>Measure costs</source>
        <translation>Kosten messen</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Students</source>
        <translation>Schüler</translation>
    </message>
    <message>
        <source>Parameters, memory and time of every recogniser of the project, the teacher&apos;s too; on a GPU as well where that is the device on the left.</source>
        <translation>Parameter, Speicher und Zeit jedes Gesichtserkenners im Projekt, auch des Lehrers; auch auf einer GPU, wo diese links das Gerät ist.</translation>
    </message>
</context>
<context>
    <name>discern::ui::TemplateImages</name>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>%1 % of the mean; with everything on: %L2 %</source>
        <translation>%1 % des Mittels; mit allen eingeschaltet: %L2 %</translation>
    </message>
    <message>
        <source>Weight of {a sample} under %1, in %</source>
        <translation>Gewicht je {sample} unter %1, in %</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>{Sample}</source>
        <translation>{Sample}</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Switch it off to see how the {group} matches without it</source>
        <translation>Ausschalten, um zu sehen, wie das {group} ohne es passt</translation>
    </message>
    <message>
        <source>Of the scores in use</source>
        <translation>Der verwendeten Bewertungen</translation>
    </message>
    <message>
        <source>What the operating point does with it</source>
        <translation>Was der Betriebspunkt damit tut</translation>
    </message>
</context>
<context>
    <name>discern::ui::TemplatePage</name>
    <message>
        <source>The next worse {group}</source>
        <translation>Das nächstschlechtere {group}</translation>
    </message>
    <message>
        <source>The next better {group}</source>
        <translation>Das nächstbessere {group}</translation>
    </message>
    <message>
        <source>Any {group} of the protocol: type a part of its name</source>
        <translation>Ein beliebiges {group} des Protokolls: Geben Sie einen Teil des Namens ein</translation>
    </message>
    <message>
        <source>{Group}</source>
        <translation>{Group}</translation>
    </message>
    <message>
        <source>Which {groups} are the worst</source>
        <translation>Welche {groups} die schlechtesten sind</translation>
    </message>
    <message>
        <source>Worst by</source>
        <translation>Schlechteste nach</translation>
    </message>
    <message>
        <source>Worst genuine match</source>
        <translation>Schlechtester echter Vergleich</translation>
    </message>
    <message>
        <source>Best impostor match</source>
        <translation>Bester fremder Vergleich</translation>
    </message>
    <message>
        <source>Largest rank</source>
        <translation>Größter Rang</translation>
    </message>
    <message>
        <source>Smallest kept share</source>
        <translation>Kleinster Anteil</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>{Samples} of the {group}</source>
        <translation>{Samples} im {group}</translation>
    </message>
    <message>
        <source>All on</source>
        <translation>Alle an</translation>
    </message>
    <message>
        <source>Switches every {sample} on again</source>
        <translation>Schaltet jedes {sample} wieder ein</translation>
    </message>
    <message>
        <source>As the point keeps</source>
        <translation>Wie am Punkt</translation>
    </message>
    <message>
        <source>Switches off what the operating point drops</source>
        <translation>Schaltet aus, was der Betriebspunkt verwirft</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>What is off leaves every {group} from now on; it can be undone</source>
        <translation>Was aus ist, verlässt von nun an jedes {group}; es lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>How the {group} matches</source>
        <translation>Wie das {group} passt</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>Aggregation</translation>
    </message>
    <message>
        <source>Genuine</source>
        <translation>Echte</translation>
    </message>
    <message>
        <source>Impostor</source>
        <translation>Fremde</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Akzeptiert</translation>
    </message>
    <message>
        <source>Every aggregation for which there is what it needs</source>
        <translation>Jede Aggregation, für die vorhanden ist, was sie braucht</translation>
    </message>
    <message>
        <source>The lowest similarity to another {group} of the same {identity}, and by how much the switches move it</source>
        <translation>Die niedrigste Ähnlichkeit zu einem anderen {group} derselben {identity} und um wie viel die Schalter sie bewegen</translation>
    </message>
    <message>
        <source>The highest similarity to {a group} of another {identity}, and by how much the switches move it</source>
        <translation>Die höchste Ähnlichkeit zu einem {group} einer anderen {identity} und um wie viel die Schalter sie bewegen</translation>
    </message>
    <message>
        <source>Place of its own {identity} in a search among all {groups}; in brackets: with every {sample}</source>
        <translation>Platz der eigenen {identity} bei einer Suche unter allen {groups+n}; in Klammern: mit jedem {sample}</translation>
    </message>
    <message>
        <source>Genuine comparisons that are accepted at the point&apos;s FAR</source>
        <translation>Echte Vergleiche, die bei der FAR des Punkts akzeptiert werden</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist offen</translation>
    </message>
    <message>
        <source>Open one from the File menu, or import {samples} to make a new one.</source>
        <translation>Öffnen Sie eines im Menü Datei oder importieren Sie {samples}, um ein neues anzulegen.</translation>
    </message>
    <message>
        <source>Import {samples}…</source>
        <translation>{Samples} importieren…</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import {samples} first; {groups} are made of them.</source>
        <translation>Importieren Sie zuerst {samples}; {groups} entstehen daraus.</translation>
    </message>
    <message>
        <source>No features yet</source>
        <translation>Noch keine Merkmale</translation>
    </message>
    <message>
        <source>{Groups} are compared by the features of their {samples}.</source>
        <translation>{Groups} werden nach den Merkmalen ihrer {samples} verglichen.</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>No protocol yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>A protocol says which {groups} there are and which are compared.</source>
        <translation>Ein Protokoll sagt, welche {groups} es gibt und welche verglichen werden.</translation>
    </message>
    <message>
        <source>Make a protocol…</source>
        <translation>Protokoll anlegen…</translation>
    </message>
    <message>
        <source>The {groups} cannot be compared</source>
        <translation>Die {groups} lassen sich nicht vergleichen</translation>
    </message>
    <message>
        <source>Bring up to date</source>
        <translation>Auf den Stand bringen</translation>
    </message>
    <message>
        <source>Comparing {groups}</source>
        <translation>{Groups} werden verglichen</translation>
    </message>
    <message>
        <source>Each {group} is compared with all others, once.</source>
        <translation>Jedes {group} wird einmal mit allen anderen verglichen.</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>%1 of %2 {samples} on</source>
        <translation>%1/%2 an</translation>
    </message>
    <message>
        <source> · %1 not shown</source>
        <translation> · %1 nicht gezeigt</translation>
    </message>
    <message>
        <source>The tool bar&apos;s switch hides them; they still count.</source>
        <translation>Der Schalter der Werkzeugleiste verbirgt sie; sie zählen dennoch.</translation>
    </message>
    <message>
        <source>accepted from %1 at FAR %2</source>
        <translation>akzeptiert ab %1 bei FAR %2</translation>
    </message>
    <message>
        <source>Every {sample} is off: there is nothing to compare.</source>
        <translation>Jedes {sample} ist aus: Es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>The protocol compares it with no {group} of its own {identity}.</source>
        <translation>Das Protokoll vergleicht es mit keinem {group} der eigenen {identity}.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1 of %2&lt;/b&gt; genuine comparisons are accepted at FAR %3 (similarity from %4); the worst is &lt;b&gt;%5&lt;/b&gt;, with %6.</source>
        <translation>&lt;b&gt;%1 von %2&lt;/b&gt; echten Vergleichen werden bei FAR %3 akzeptiert (Ähnlichkeit ab %4); der schlechteste ist &lt;b&gt;%5&lt;/b&gt;, mit %6.</translation>
    </message>
    <message>
        <source> Of %L1 impostors %2 are accepted; the nearest is &lt;b&gt;%3&lt;/b&gt;, %4.</source>
        <translation> Von %L1 fremden werden %2 akzeptiert; der nächste ist &lt;b&gt;%3&lt;/b&gt;, %4.</translation>
    </message>
    <message>
        <source> Rank &lt;b&gt;%1&lt;/b&gt;.</source>
        <translation> Rang &lt;b&gt;%1&lt;/b&gt;.</translation>
    </message>
    <message>
        <source> It matches &lt;b&gt;better&lt;/b&gt; so.</source>
        <translation> So passt es &lt;b&gt;besser&lt;/b&gt;.</translation>
    </message>
    <message>
        <source> It matches &lt;b&gt;worse&lt;/b&gt; so.</source>
        <translation> So passt es &lt;b&gt;schlechter&lt;/b&gt;.</translation>
    </message>
    <message>
        <source>None of its {samples} is shown: the tool bar&apos;s switch hides them.</source>
        <translation>Keines seiner {samples} wird gezeigt: Der Schalter der Werkzeugleiste verbirgt sie.</translation>
    </message>
    <message>
        <source>comparing {groups}: %1 %</source>
        <translation>{groups} werden verglichen: %1 %</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>One aggregation more where the page is wider</source>
        <translation>Eine Aggregation mehr, wo die Seite breiter ist</translation>
    </message>
    <message>
        <source>%1 aggregations more where the page is wider</source>
        <translation>%1 Aggregationen mehr, wo die Seite breiter ist</translation>
    </message>
    <message>
        <source> With every {sample} it is about even.</source>
        <translation> Mit jedem {sample} ist es etwa gleich.</translation>
    </message>
</context>
<context>
    <name>discern::ui::ThresholdPage</name>
    <message>
        <source>The threshold cannot be tried here</source>
        <translation>Die Schwelle lässt sich hier nicht ausprobieren</translation>
    </message>
    <message>
        <source>Bring up to date</source>
        <translation>Auf den Stand bringen</translation>
    </message>
    <message>
        <source>The proposal appears when the curves are complete.</source>
        <translation>Der Vorschlag erscheint, wenn die Kurven vollständig sind.</translation>
    </message>
    <message>
        <source>No {samples} yet</source>
        <translation>Noch keine {samples}</translation>
    </message>
    <message>
        <source>Import {subjects} first; the threshold is tuned on their scores.</source>
        <translation>Importieren Sie zuerst {subjects}; die Schwelle wird an ihren Bewertungen eingestellt.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>No features yet</source>
        <translation>Noch keine Merkmale</translation>
    </message>
    <message>
        <source>A base model must look at the {samples} before they can be scored and compared.</source>
        <translation>Ein Basismodell muss die {samples} sehen, bevor sie bewertet und verglichen werden können.</translation>
    </message>
    <message>
        <source>Extract features…</source>
        <translation>Merkmale extrahieren…</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>Noch keine Bewertungen</translation>
    </message>
    <message>
        <source>Every {sample} gets a score that says how recognisable it is; the threshold filters by it.</source>
        <translation>Jedes {sample} bekommt eine Bewertung, die sagt, wie gut es zu erkennen ist; die Schwelle filtert danach.</translation>
    </message>
    <message>
        <source>Score the {samples}…</source>
        <translation>{Samples} bewerten…</translation>
    </message>
    <message>
        <source>No protocol yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>A protocol says which {groups} are compared; accuracy is measured on it.</source>
        <translation>Ein Protokoll sagt, welche {groups} verglichen werden; daran wird Genauigkeit gemessen.</translation>
    </message>
    <message>
        <source>Make a protocol…</source>
        <translation>Protokoll anlegen…</translation>
    </message>
    <message>
        <source>These scores are told from the base model&apos;s features: it has seen every {sample} before any is dropped.</source>
        <translation>Diese Bewertungen stammen aus den Merkmalen des Basismodells: Es hat jedes {sample} gesehen, bevor eines verworfen wird.</translation>
    </message>
    <message>
        <source>Kept {samples} are weighed by the scores %1 (ddl weights=%1).</source>
        <translation>Behaltene {samples} werden nach den Bewertungen %1 gewichtet (ddl weights=%1).</translation>
    </message>
    <message>
        <source>Every {group} is one {sample}, which is kept whatever the threshold.</source>
        <translation>Jedes {group} ist ein {sample}, das bei jeder Schwelle behalten wird.</translation>
    </message>
    <message>
        <source>%L1 of %L2 {samples}</source>
        <translation>%L1 von %L2 {samples+n}</translation>
    </message>
    <message>
        <source>the base model&apos;s cost is unknown</source>
        <translation>die Kosten des Basismodells sind unbekannt</translation>
    </message>
    <message>
        <source>what the scores cost is unknown</source>
        <translation>was die Bewertungen kosten, ist unbekannt</translation>
    </message>
    <message>
        <source>%L1 ms</source>
        <translation>%L1 ms</translation>
    </message>
    <message>
        <source>as measured when features were extracted</source>
        <translation>gemessen, als Merkmale extrahiert wurden</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>%1 with every {sample}, by %2</source>
        <translation>%1 mit jedem {sample}, durch %2</translation>
    </message>
    <message>
        <source>{samples} kept</source>
        <translation>{samples} behalten</translation>
    </message>
    <message>
        <source>No knee: no threshold drops {samples} here without a price.</source>
        <translation>Kein Knie: Keine Schwelle verwirft hier {samples}, ohne dass es etwas kostet.</translation>
    </message>
    <message>
        <source>Knee: %1 at threshold %L2 accepts %3 with %4 of the {samples}.</source>
        <translation>Knie: %1 an Schwelle %L2 akzeptiert %3 mit %4 der {samples}.</translation>
    </message>
    <message>
        <source>Looking for it…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>No threshold and no weighting reaches it.</source>
        <translation>Keine Schwelle und keine Gewichtung erreicht es.</translation>
    </message>
    <message>
        <source>%1 at threshold %L2: %3, %4 points against the plain mean of every {sample} (95 % interval %5 to %6), %7 of the compute.</source>
        <translation>%1 an Schwelle %L2: %3, %4 Punkte gegenüber dem einfachen Mittel aller {samples} (95-%-Intervall %5 bis %6), %7 des Aufwands.</translation>
    </message>
    <message>
        <source>What is computed, against running the base model on every {sample}.</source>
        <translation>Was gerechnet wird, gegenüber dem Basismodell auf jedem {sample}.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>True accept rate</source>
        <translation>Richtigakzeptanzrate</translation>
    </message>
    <message>
        <source>{Samples} kept</source>
        <translation>{Samples} behalten</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>Time per {group}</source>
        <translation>Zeit je {group}</translation>
    </message>
    <message>
        <source>{Samples} with a score above the threshold are kept; {a group} never loses its best {sample}.</source>
        <translation>{Samples} mit einer Bewertung über der Schwelle werden behalten; {a group} verliert nie sein bestes {sample}.</translation>
    </message>
    <message>
        <source>The score {a sample} must exceed.</source>
        <translation>Die Bewertung, die {a sample} übertreffen muss.</translation>
    </message>
    <message>
        <source>The share of this protocol&apos;s {samples} whose score lies at or below the threshold.</source>
        <translation>Der Anteil der {samples} dieses Protokolls, deren Bewertung an oder unter der Schwelle liegt.</translation>
    </message>
    <message>
        <source>The share of {samples} that are kept; {a group} never loses its best one.</source>
        <translation>Der Anteil behaltener {samples}; {a group} verliert nie sein bestes.</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Share kept</source>
        <translation>Anteil behalten</translation>
    </message>
    <message>
        <source>Compute budget</source>
        <translation>Aufwandsbudget</translation>
    </message>
    <message>
        <source>True D-scores need each {sample}&apos;s {identity}; predicted scores show what can be reached without.</source>
        <translation>Wahre D-Scores brauchen zu jedem {sample} die {identity}; vorhergesagte Bewertungen zeigen, was ohne sie erreichbar ist.</translation>
    </message>
    <message>
        <source>Use knee</source>
        <translation>Knie nehmen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Lose at most</source>
        <translation>Verlust bis</translation>
    </message>
    <message>
        <source>Compute at most</source>
        <translation>Aufwand bis</translation>
    </message>
    <message>
        <source>The cheapest point that loses no more of the true accept rate than that against the plain mean of every {sample}, or the best one that takes no more compute.</source>
        <translation>Der billigste Punkt, der nicht mehr von der Richtigakzeptanzrate verliert als dies gegenüber dem einfachen Mittel aller {samples}, oder der beste, der nicht mehr Aufwand braucht.</translation>
    </message>
    <message>
        <source> points</source>
        <translation> Punkte</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>Wie viel</translation>
    </message>
    <message>
        <source>Against the plain mean of every {sample}; over every threshold and every weighting.</source>
        <translation>Gegenüber dem einfachen Mittel aller {samples}; über alle Schwellen und Gewichtungen.</translation>
    </message>
    <message>
        <source>Find it</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Rescale weights in {a group}</source>
        <translation>Gewichte umskalieren</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>On where {a group} is large enough and its scores spread enough.</source>
        <translation>An, wo {a group} groß genug ist und seine Bewertungen genug streuen.</translation>
    </message>
    <message>
        <source>On (the paper)</source>
        <translation>An (wie in der Arbeit)</translation>
    </message>
    <message>
        <source>The worst kept {sample} of {a group} gets weight 0, the best 1.</source>
        <translation>Das schlechteste behaltene {sample} in einem {group} bekommt Gewicht 0, das beste 1.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>{Samples} are weighted by their score as it is.</source>
        <translation>{Samples} werden nach ihrer Bewertung gewichtet, wie sie ist.</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Betriebspunkt</translation>
    </message>
    <message>
        <source>The largest false accept rate allowed; the true accept rate is read there.</source>
        <translation>Die größte erlaubte Falschakzeptanzrate; dort wird die Richtigakzeptanzrate abgelesen.</translation>
    </message>
    <message>
        <source>False accepts</source>
        <translation>Falschakzeptanz</translation>
    </message>
    <message>
        <source>True accept rate against threshold</source>
        <translation>Richtigakzeptanzrate gegen Schwelle</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Scores of the protocol&apos;s {samples}</source>
        <translation>Bewertungen der {samples} des Protokolls</translation>
    </message>
    <message>
        <source>{Samples} kept and compute against threshold</source>
        <translation>Behaltene {samples} und Aufwand gegen Schwelle</translation>
    </message>
    <message>
        <source>{samples}</source>
        <translation>{samples}</translation>
    </message>
    <message>
        <source>true accept rate</source>
        <translation>TAR</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>%L1 GMACs (%L2 GFLOPs) per {group}</source>
        <translation>%L1 GMACs (%L2 GFLOPs) je {group}</translation>
    </message>
    <message>
        <source>The knee is known when all weightings are.</source>
        <translation>Das Knie steht fest, wenn alle Gewichtungen bekannt sind.</translation>
    </message>
    <message>
        <source>%1 in %2, %3</source>
        <comment>images, templates, comparisons</comment>
        <translation>%1 in %2, %3</translation>
    </message>
    <message>
        <source>1 comparison</source>
        <translation>1 Vergleich</translation>
    </message>
    <message>
        <source>%L1 comparisons</source>
        <translation>%L1 Vergleiche</translation>
    </message>
</context>
<context>
    <name>discern::ui::ThumbnailLoader</name>
    <message>
        <source>no
picture</source>
        <translation>kein
Bild</translation>
    </message>
</context>
<context>
    <name>discern::ui::TimelineChart</name>
    <message>
        <source>Time, s</source>
        <translation>Zeit, s</translation>
    </message>
</context>
<context>
    <name>discern::ui::TradeoffPage</name>
    <message>
        <source>Use knee</source>
        <translation>Knie nehmen</translation>
    </message>
    <message>
        <source>Sweep again</source>
        <translation>Neu durchlaufen</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>The plain aggregations, and of the filtered ones the points that no other beats; ms is for one {group}.</source>
        <translation>Die einfachen Aggregationen und von den gefilterten die Punkte, die kein anderer übertrifft; ms gilt für ein {group}.</translation>
    </message>
    <message>
        <source>No sweep of this protocol yet</source>
        <translation>Noch kein Durchlauf dieses Protokolls</translation>
    </message>
    <message>
        <source>A sweep measures every aggregation at many thresholds: accuracy against what it computes.</source>
        <translation>Ein Durchlauf misst jede Aggregation an vielen Schwellen: Genauigkeit gegen das, was sie rechnet.</translation>
    </message>
    <message>
        <source>Run the sweep</source>
        <translation>Durchlauf starten</translation>
    </message>
    <message>
        <source>%1
%2 accepted, %3 compute, %4 of the {samples}</source>
        <translation>%1
%2 akzeptiert, %3 Aufwand, %4 der {samples}</translation>
    </message>
    <message>
        <source>threshold %L1; click to use it</source>
        <translation>Schwelle %L1; klicken, um sie zu nehmen</translation>
    </message>
    <message>
        <source>Knee: %1 at threshold %L2 accepts %3 with %4 of the compute.</source>
        <translation>Knie: %1 an Schwelle %L2 akzeptiert %3 mit %4 des Aufwands.</translation>
    </message>
    <message>
        <source>The curves have no knee to propose.</source>
        <translation>Die Kurven haben kein Knie, das sich vorschlagen ließe.</translation>
    </message>
    <message>
        <source>Protocol %1, features %2, scores %3, %4.</source>
        <translation>Protokoll %1, Merkmale %2, Bewertungen %3, %4.</translation>
    </message>
    <message>
        <source>This is the latest sweep: what is chosen above was not swept yet.</source>
        <translation>Dies ist der neueste Durchlauf: Was oben gewählt ist, wurde noch nicht durchlaufen.</translation>
    </message>
    <message>
        <source>A click on a dot or a row makes it the operating point, with its scores, features, weights and FAR.</source>
        <translation>Ein Klick auf einen Punkt oder eine Zeile macht ihn zum Betriebspunkt, mit seinen Bewertungen, Merkmalen, Gewichten und seiner FAR.</translation>
    </message>
    <message>
        <source>What it was swept of is no longer in the project, so it cannot be used.</source>
        <translation>Wovon er gemacht wurde, ist nicht mehr im Projekt; er lässt sich nicht verwenden.</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>Aggregation</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>TAR</source>
        <translation>TAR</translation>
    </message>
    <message>
        <source>%1 (knee)</source>
        <translation>%1 (Knie)</translation>
    </message>
    <message>
        <source>No other point is both cheaper and more accurate.</source>
        <translation>Kein anderer Punkt ist zugleich billiger und genauer.</translation>
    </message>
    <message>
        <source>Trade-off</source>
        <translation>Abwägung</translation>
    </message>
    <message>
        <source>ms/
{group}</source>
        <translation>ms/
{group}</translation>
    </message>
</context>
<context>
    <name>discern::ui::TrainingPage</name>
    <message>
        <source>DDNet</source>
        <translation>DDNet</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Predict scores</source>
        <translation>Bewertungen vorhersagen</translation>
    </message>
    <message>
        <source>Losses appear here while a network trains.</source>
        <translation>Verluste erscheinen hier, während ein Netz trainiert.</translation>
    </message>
    <message>
        <source>Rank correlation on held-out {identities}, or accuracy, appears here.</source>
        <translation>Hier erscheint die Rangkorrelation auf zurückgehaltenen {identities+n} oder die Genauigkeit.</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>Training is done.</source>
        <translation>Das Training ist fertig.</translation>
    </message>
    <message>
        <source>%1: %L2 of %L3, %4 left</source>
        <translation>%1: %L2 von %L3, noch %4</translation>
    </message>
    <message>
        <source>%1: %L2 of %L3</source>
        <translation>%1: %L2 von %L3</translation>
    </message>
    <message>
        <source>Stopped; Resume training goes on from there.</source>
        <translation>Angehalten; „Training fortsetzen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Resume training</source>
        <translation>Training fortsetzen</translation>
    </message>
    <message>
        <source>Goes on from the checkpoint; with other options the training starts anew.</source>
        <translation>Fährt vom Checkpoint fort; mit anderen Optionen beginnt das Training neu.</translation>
    </message>
    <message>
        <source>Score the {samples} first: their scores are what is learned.</source>
        <translation>Bewerten Sie zuerst die {samples}: Aus ihren Bewertungen wird gelernt.</translation>
    </message>
    <message>
        <source>Import {samples} first.</source>
        <translation>Importieren Sie zuerst {samples}.</translation>
    </message>
    <message>
        <source>Takes the training that waits out of the queue.</source>
        <translation>Nimmt das wartende Training aus der Warteschlange.</translation>
    </message>
    <message>
        <source>Writes a checkpoint and stops; Resume training goes on from there, now or another day.</source>
        <translation>Schreibt einen Checkpoint und hält an; „Training fortsetzen“ macht dort weiter, jetzt oder an einem anderen Tag.</translation>
    </message>
    <message>
        <source>Lets the newest head of this project score every {sample}.</source>
        <translation>Lässt den neuesten Kopf dieses Projekts jedes {sample} bewerten.</translation>
    </message>
    <message>
        <source>Lets the newest DDNet of this project score every {sample}.</source>
        <translation>Lässt das neueste DDNet dieses Projekts jedes {sample} bewerten.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Aggregator</source>
        <translation>Aggregator</translation>
    </message>
    <message>
        <source>Extract features first: an aggregator learns from them.</source>
        <translation>Erst Merkmale extrahieren: Aus ihnen lernt ein Aggregator.</translation>
    </message>
</context>
<context>
    <name>discern::ui::VideoTimeline</name>
    <message>
        <source>The frame of the video at that time</source>
        <translation>Das Bild des Videos zu dieser Zeit</translation>
    </message>
    <message>
        <source>The {sample} before in the video</source>
        <translation>Voriges {sample} im Video</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>Ein Bild weiter</translation>
    </message>
    <message>
        <source>The next {sample} in the video</source>
        <translation>Nächstes {sample} im Video</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>Noch keine Bewertungen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>keine Bewertung</translation>
    </message>
    <message>
        <source>%1, kept</source>
        <translation>%1, behalten</translation>
    </message>
    <message>
        <source>%1, dropped</source>
        <translation>%1, verworfen</translation>
    </message>
    <message>
        <source>Which {samples} are marked: what the operating point&apos;s threshold keeps, or those with the best scores</source>
        <translation>Welche {samples} hervorgehoben sind: was die Schwelle des Betriebspunkts behält, oder die mit den besten Bewertungen</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Top K</source>
        <translation>Beste K</translation>
    </message>
    <message>
        <source>Marked {samples}</source>
        <translation>Hervorgehobene {samples}</translation>
    </message>
    <message>
        <source>How many {samples} are marked</source>
        <translation>Wie viele {samples} hervorgehoben sind</translation>
    </message>
</context>
<context>
    <name>discern::ui::ViewsButton</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Gespeicherte Ansichten</translation>
    </message>
    <message>
        <source>Filter, order, groups and size under a name, kept with the project</source>
        <translation>Filter, Reihenfolge, Gruppen und Größe unter einem Namen, mit dem Projekt aufbewahrt</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>&amp;Save view…</source>
        <translation>Ansicht &amp;speichern…</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>Ansicht speichern</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Rename view</source>
        <translation>Ansicht umbenennen</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
</context>
<context>
    <name>discern::ui::Workspace</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>A step&apos;s gradients are scaled down to this common norm; 0: never, as the papers, which tell of none</source>
        <translation>Die Gradienten eines Schritts werden auf diese gemeinsame Norm verkleinert; 0: nie, wie in den Veröffentlichungen, die von keiner sprechen</translation>
    </message>
    <message>
        <source>Add the feature of the mirrored image, as InsightFace&apos;s scripts do; a recipe can say so, too</source>
        <translation>Das Merkmal des gespiegelten Bildes hinzufügen, wie die Skripte von InsightFace; auch ein Rezept kann es sagen</translation>
    </message>
    <message>
        <source>DDL: raw features; its own is the curve of rescaled weights, at a threshold of 0.15</source>
        <translation>DDL: rohe Merkmale; seine eigene ist die Kurve der umskalierten Gewichte, bei einer Schwelle von 0,15</translation>
    </message>
    <message>
        <source>Gradient limit</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <source>Mirrored too</source>
        <translation>Auch gespiegelt</translation>
    </message>
    <message>
        <source>comparing every pair</source>
        <translation>jedes Paar wird verglichen</translation>
    </message>
    <message>
        <source>plain aggregations</source>
        <translation>einfache Aggregationen</translation>
    </message>
    <message>
        <source>genuine</source>
        <translation>echte</translation>
    </message>
    <message>
        <source>impostor</source>
        <translation>fremde</translation>
    </message>
    <message>
        <source>originals</source>
        <translation>Originale</translation>
    </message>
    <message>
        <source>degraded copies</source>
        <translation>verschlechterte Kopien</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>held-out loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>rank correlation</source>
        <translation>Rangkorrelation</translation>
    </message>
    <message>
        <source>on clean images</source>
        <translation>auf sauberen Bildern</translation>
    </message>
    <message>
        <source>held-out cosine to the teacher</source>
        <translation>Validierungskosinus zum Lehrer</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>Knie</translation>
    </message>
    <message>
        <source>compute</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>Lehrer</translation>
    </message>
    <message>
        <source>Name ending</source>
        <translation>Namenszusatz</translation>
    </message>
    <message>
        <source>Put after the names S-16-sc and so on, to tell trials apart</source>
        <translation>Steht hinter den Namen S-16-sc usw., um Versuche zu unterscheiden</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>0: as many as fit without using an image twice</source>
        <translation>0: so viele, wie passen, ohne ein Bild zweimal zu verwenden</translation>
    </message>
    <message>
        <source>A ResNet-18 of the usual width</source>
        <translation>Ein ResNet-18 der üblichen Breite</translation>
    </message>
    <message>
        <source>A head of this project, or its file: DDNet learns what it says of every image, of the pool&apos;s too</source>
        <translation>Ein Kopf dieses Projekts oder seine Datei: DDNet lernt, was er zu jedem Bild sagt, auch zu denen des Pools</translation>
    </message>
    <message>
        <source>A light ResNet-34 with the same stages</source>
        <translation>Ein leichtes ResNet-34 mit denselben Stufen</translation>
    </message>
    <message>
        <source>A student that is finished under that name, and was made with other options</source>
        <translation>Einen fertigen Schüler dieses Namens, der mit anderen Optionen entstand</translation>
    </message>
    <message>
        <source>Above 0 it also learns to tell the base model&apos;s feature, in training alone; that error is part of the training loss that is shown</source>
        <translation>Über 0 lernt es nur im Training auch das Merkmal des Basismodells; dieser Fehler ist Teil des gezeigten Trainingsverlusts</translation>
    </message>
    <message>
        <source>Adds the margin to the angle: s cos(theta + m)</source>
        <translation>Addiert den Abstand zum Winkel: s cos(theta + m)</translation>
    </message>
    <message>
        <source>Aggregation A</source>
        <translation>Aggregation A</translation>
    </message>
    <message>
        <source>Aggregation B</source>
        <translation>Aggregation B</translation>
    </message>
    <message>
        <source>Along a cosine to zero</source>
        <translation>Entlang eines Kosinus auf null</translation>
    </message>
    <message>
        <source>An image does not vote for its own centroid: for identities with few images</source>
        <translation>Ein Bild stimmt nicht über sein eigenes Zentroid mit: für Identitäten mit wenigen Bildern</translation>
    </message>
    <message>
        <source>An improved ResNet of 100 layers</source>
        <translation>Ein verbessertes ResNet mit 100 Schichten</translation>
    </message>
    <message>
        <source>An improved ResNet of 34 layers</source>
        <translation>Ein verbessertes ResNet mit 34 Schichten</translation>
    </message>
    <message>
        <source>An improved ResNet of 50 layers</source>
        <translation>Ein verbessertes ResNet mit 50 Schichten</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>At most this many, drawn evenly; 0: all</source>
        <translation>Höchstens so viele, gleichmäßig gezogen; 0: alle</translation>
    </message>
    <message>
        <source>At which the pairs that flip are listed</source>
        <translation>Bei welcher die umschlagenden Paare aufgelistet werden</translation>
    </message>
    <message>
        <source>Augment</source>
        <translation>Augmentieren</translation>
    </message>
    <message>
        <source>Bad images</source>
        <translation>Schlechte Bilder</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Batch of copies</source>
        <translation>Batch der Kopien</translation>
    </message>
    <message>
        <source>Between features and centroids</source>
        <translation>Zwischen Merkmalen und Zentroiden</translation>
    </message>
    <message>
        <source>Bootstraps</source>
        <translation>Bootstraps</translation>
    </message>
    <message>
        <source>By 10 at certain epochs</source>
        <translation>Durch 10 bei bestimmten Epochen</translation>
    </message>
    <message>
        <source>CR-FIQA&apos;s ratio of the same two cosines</source>
        <translation>Das Verhältnis derselben zwei Kosinus nach CR-FIQA</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>D-score table whose values are learned</source>
        <translation>D-Score-Tabelle, deren Werte gelernt werden</translation>
    </message>
    <message>
        <source>DDL drops by the scores of side A and weighs what stays by this score table</source>
        <translation>DDL verwirft nach den Bewertungen der Seite A und gewichtet das Bleibende nach dieser Bewertungstabelle</translation>
    </message>
    <message>
        <source>DDL drops by the scores of side B and weighs what stays by this score table</source>
        <translation>DDL verwirft nach den Bewertungen der Seite B und gewichtet das Bleibende nach dieser Bewertungstabelle</translation>
    </message>
    <message>
        <source>DDL of side A keeps samples with a score above this</source>
        <translation>DDL der Seite A behält Bilder mit einer Bewertung darüber</translation>
    </message>
    <message>
        <source>DDL weights of side A</source>
        <translation>DDL-Gewichte der Seite A</translation>
    </message>
    <message>
        <source>DDL weights of side B</source>
        <translation>DDL-Gewichte der Seite B</translation>
    </message>
    <message>
        <source>DDL&apos;s D-score: nearness to the own centroid against the identity it is most confused with</source>
        <translation>D-Score von DDL: Nähe zum eigenen Zentroid gegen die Identität, mit der am ehesten verwechselt wird</translation>
    </message>
    <message>
        <source>DDL&apos;s light ResNet-18 with stages of 8, 16, 32 and 48 channels</source>
        <translation>Das leichte ResNet-18 von DDL mit Stufen von 8, 16, 32 und 48 Kanälen</translation>
    </message>
    <message>
        <source>Degradations</source>
        <translation>Verschlechterungen</translation>
    </message>
    <message>
        <source>Degraded copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Degraded copies and folds follow from it</source>
        <translation>Verschlechterte Kopien und Teile folgen daraus</translation>
    </message>
    <message>
        <source>Degraded copies that the base model sees at once</source>
        <translation>Verschlechterte Kopien, die das Basismodell auf einmal sieht</translation>
    </message>
    <message>
        <source>Degraded share</source>
        <translation>Anteil verschlechterter</translation>
    </message>
    <message>
        <source>Deviation of a landmark, a share of the face&apos;s side</source>
        <translation>Abweichung einer Landmarke, als Anteil der Gesichtsseite</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Do not fit the mimic layer in one go before the fine-tuning</source>
        <translation>Die Nachahmungsschicht vor der Feinabstimmung nicht in einem Zug anpassen</translation>
    </message>
    <message>
        <source>Do not mirror images at random</source>
        <translation>Bilder nicht zufällig spiegeln</translation>
    </message>
    <message>
        <source>Do not try other channel orders and scales first</source>
        <translation>Andere Kanalreihenfolgen und Maßstäbe nicht zuerst versuchen</translation>
    </message>
    <message>
        <source>Drawn at random when there are more; 0: all</source>
        <translation>Zufällig gezogen, wenn es mehr sind; 0: alle</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Epochs at which the schedule &apos;step&apos; divides by 10, comma-separated</source>
        <translation>Epochen, bei denen der Plan „step“ durch 10 teilt, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Epochs in which the learning rate rises</source>
        <translation>Epochen, in denen die Lernrate steigt</translation>
    </message>
    <message>
        <source>Every face, each an image of its own</source>
        <translation>Jedes Gesicht, jedes als eigenes Bild</translation>
    </message>
    <message>
        <source>Extract to</source>
        <translation>Auslagern nach</translation>
    </message>
    <message>
        <source>FAR</source>
        <translation>FAR</translation>
    </message>
    <message>
        <source>FAR of flips</source>
        <translation>FAR der Umschläge</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>Gesichtsdetektor</translation>
    </message>
    <message>
        <source>Faces at most</source>
        <translation>Gesichter höchstens</translation>
    </message>
    <message>
        <source>Faces in one step</source>
        <translation>Gesichter je Schritt</translation>
    </message>
    <message>
        <source>Faces with fewer pixels between the eyes are listed</source>
        <translation>Gesichter mit weniger Pixeln zwischen den Augen werden aufgelistet</translation>
    </message>
    <message>
        <source>Feature length</source>
        <translation>Merkmalslänge</translation>
    </message>
    <message>
        <source>Feature table of side A</source>
        <translation>Merkmalstabelle der Seite A</translation>
    </message>
    <message>
        <source>Feature table of side B</source>
        <translation>Merkmalstabelle der Seite B</translation>
    </message>
    <message>
        <source>Feature table of the teacher</source>
        <translation>Merkmalstabelle des Lehrers</translation>
    </message>
    <message>
        <source>Feature table that is mapped</source>
        <translation>Merkmalstabelle, die kartiert wird</translation>
    </message>
    <message>
        <source>Feature table that the scores are made from</source>
        <translation>Merkmalstabelle, aus der die Bewertungen entstehen</translation>
    </message>
    <message>
        <source>Feature table that the student learns to produce; several, comma-separated, are an ensemble</source>
        <translation>Merkmalstabelle, die der Schüler zu erzeugen lernt; mehrere, durch Kommas getrennt, sind ein Ensemble</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Features A</source>
        <translation>Merkmale A</translation>
    </message>
    <message>
        <source>Features B</source>
        <translation>Merkmale B</translation>
    </message>
    <message>
        <source>Features of one length: all faces count alike</source>
        <translation>Merkmale einer Länge: Alle Gesichter zählen gleich</translation>
    </message>
    <message>
        <source>Files of the tree</source>
        <translation>Dateien des Baums</translation>
    </message>
    <message>
        <source>Finds the faces of raw photographs: an ONNX file (YuNet, SCRFD, RetinaFace, UltraFace)</source>
        <translation>Findet die Gesichter roher Fotos: eine ONNX-Datei (YuNet, SCRFD, RetinaFace, UltraFace)</translation>
    </message>
    <message>
        <source>First epochs</source>
        <translation>Erste Epochen</translation>
    </message>
    <message>
        <source>First identity</source>
        <translation>Erste Identität</translation>
    </message>
    <message>
        <source>First learning rate</source>
        <translation>Erste Lernrate</translation>
    </message>
    <message>
        <source>Five points of each face for a detector that gives none: an ONNX file with 68 or 5 points</source>
        <translation>Fünf Punkte jedes Gesichts für einen Detektor, der keine liefert: eine ONNX-Datei mit 68 oder 5 Punkten</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>Untergrenze</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder to write to</source>
        <translation>Ordner, in den geschrieben wird</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Frigate&apos;s clips/faces: a folder per identity with unaligned crops; its train, attempts that nobody has sorted, is left out</source>
        <translation>clips/faces von Frigate: ein Ordner je Identität mit nicht ausgerichteten Ausschnitten; train darin, unsortierte Versuche, wird weggelassen</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Hint weight</source>
        <translation>Hinweisgewicht</translation>
    </message>
    <message>
        <source>How many neighbours count for a face, about</source>
        <translation>Wie viele Nachbarn für ein Gesicht zählen, ungefähr</translation>
    </message>
    <message>
        <source>How templates of side A become one feature</source>
        <translation>Wie aus Templates der Seite A ein Merkmal wird</translation>
    </message>
    <message>
        <source>How templates of side B become one feature</source>
        <translation>Wie aus Templates der Seite B ein Merkmal wird</translation>
    </message>
    <message>
        <source>How the learning rate falls</source>
        <translation>Wie die Lernrate fällt</translation>
    </message>
    <message>
        <source>Identities</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>Identities with fewer are left out</source>
        <translation>Identitäten mit weniger werden weggelassen</translation>
    </message>
    <message>
        <source>Identities with fewer images are left out</source>
        <translation>Identitäten mit weniger Bildern werden weggelassen</translation>
    </message>
    <message>
        <source>Identity layer</source>
        <translation>Identitätsschicht</translation>
    </message>
    <message>
        <source>Images a template</source>
        <translation>Bilder je Template</translation>
    </message>
    <message>
        <source>Images in one step</source>
        <translation>Bilder je Schritt</translation>
    </message>
    <message>
        <source>Images of each</source>
        <translation>Bilder von jedem</translation>
    </message>
    <message>
        <source>Images the model sees at once</source>
        <translation>Bilder, die das Modell auf einmal sieht</translation>
    </message>
    <message>
        <source>Impostor pairs</source>
        <translation>Fremde Paare</translation>
    </message>
    <message>
        <source>Initial weights and order follow from it</source>
        <translation>Anfangsgewichte und Reihenfolge folgen daraus</translation>
    </message>
    <message>
        <source>Initial weights, order and degraded copies follow from it</source>
        <translation>Anfangsgewichte, Reihenfolge und verschlechterte Kopien folgen daraus</translation>
    </message>
    <message>
        <source>Initial weights, order and perturbations follow from it</source>
        <translation>Anfangsgewichte, Reihenfolge und Störungen folgen daraus</translation>
    </message>
    <message>
        <source>Input recipe</source>
        <translation>Eingaberezept</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>Eingabegröße</translation>
    </message>
    <message>
        <source>InsightFace&apos;s improved ResNet of 18 layers</source>
        <translation>Das verbesserte ResNet von InsightFace mit 18 Schichten</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>Its columns; 128 and 1024 are usual</source>
        <translation>Ihre Spalten; üblich sind 128 und 1024</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Kinds of degradation, comma-separated</source>
        <translation>Arten der Verschlechterung, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Label errors</source>
        <translation>Falsche Label</translation>
    </message>
    <message>
        <source>Lambda path</source>
        <translation>Lambda-Pfad</translation>
    </message>
    <message>
        <source>Landmark model</source>
        <translation>Landmarkenmodell</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Landmarken</translation>
    </message>
    <message>
        <source>Layout of the source</source>
        <translation>Aufbau der Quelle</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Least images</source>
        <translation>Wenigste Bilder</translation>
    </message>
    <message>
        <source>Leave the image out of its own centroid</source>
        <translation>Das Bild aus dem eigenen Zentroid auslassen</translation>
    </message>
    <message>
        <source>Length of the feature</source>
        <translation>Länge des Merkmals</translation>
    </message>
    <message>
        <source>Looking for people under two names</source>
        <translation>Suche nach Menschen unter zwei Namen</translation>
    </message>
    <message>
        <source>Looks at what is there and says what it found</source>
        <translation>Sieht nach, was da ist, und sagt, was gefunden wurde</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Margin head</source>
        <translation>Margin-Kopf</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Mild random crop, blur and brightness, beside the mirror</source>
        <translation>Milder zufälliger Ausschnitt, Unschärfe und Helligkeit, neben dem Spiegeln</translation>
    </message>
    <message>
        <source>Mild random crop, blur and brightness: for sets without natural variety</source>
        <translation>Milder zufälliger Ausschnitt, Unschärfe und Helligkeit: für Sätze ohne natürliche Vielfalt</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Impuls</translation>
    </message>
    <message>
        <source>More people to be confused with, never scored</source>
        <translation>Mehr Menschen zum Verwechseln, nie bewertet</translation>
    </message>
    <message>
        <source>Multiplies the angle by the margin: s psi(m theta)</source>
        <translation>Multipliziert den Winkel mit dem Abstand: s psi(m theta)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the set</source>
        <translation>Name des Satzes</translation>
    </message>
    <message>
        <source>Name/Name_0001.jpg with pairs.txt (or another *pairs*.txt) in the folder or beside it</source>
        <translation>Name/Name_0001.jpg mit pairs.txt (oder einer anderen *pairs*.txt) im Ordner oder daneben</translation>
    </message>
    <message>
        <source>Nearly same</source>
        <translation>Fast gleich</translation>
    </message>
    <message>
        <source>Needs a build with CUDA and a device</source>
        <translation>Braucht einen Build mit CUDA und ein Gerät</translation>
    </message>
    <message>
        <source>Neither margin nor scale: w f + b</source>
        <translation>Weder Abstand noch Maßstab: w f + b</translation>
    </message>
    <message>
        <source>Network that is trained</source>
        <translation>Netz, das trainiert wird</translation>
    </message>
    <message>
        <source>No fit first</source>
        <translation>Keine Anpassung vorab</translation>
    </message>
    <message>
        <source>No mirror</source>
        <translation>Kein Spiegeln</translation>
    </message>
    <message>
        <source>No mixed precision</source>
        <translation>Keine gemischte Genauigkeit</translation>
    </message>
    <message>
        <source>No pool</source>
        <translation>Kein Pool</translation>
    </message>
    <message>
        <source>No recipe check</source>
        <translation>Keine Rezeptprüfung</translation>
    </message>
    <message>
        <source>No regression on pool identities (they need no labels)</source>
        <translation>Keine Regression auf Pool-Identitäten (sie brauchen keine Label)</translation>
    </message>
    <message>
        <source>Numbers in a feature</source>
        <translation>Zahlen in einem Merkmal</translation>
    </message>
    <message>
        <source>Of a photograph with several</source>
        <translation>Bei einem Foto mit mehreren</translation>
    </message>
    <message>
        <source>Of a ranking term inside identities beside the loss</source>
        <translation>Eines Rangfolgeterms innerhalb der Identitäten neben dem Verlust</translation>
    </message>
    <message>
        <source>Of convolutions and linear layers</source>
        <translation>Von Faltungen und linearen Schichten</translation>
    </message>
    <message>
        <source>Of every training image: small sets hold few bad images to learn from</source>
        <translation>Von jedem Trainingsbild: Kleine Sätze haben wenige schlechte Bilder zum Lernen</translation>
    </message>
    <message>
        <source>Of the bootstrap</source>
        <translation>Des Bootstraps</translation>
    </message>
    <message>
        <source>Of the descent</source>
        <translation>Des Abstiegs</translation>
    </message>
    <message>
        <source>Of the feature table</source>
        <translation>Der Merkmalstabelle</translation>
    </message>
    <message>
        <source>Of the head in this project</source>
        <translation>Des Kopfes in diesem Projekt</translation>
    </message>
    <message>
        <source>Of the head: added, subtracted or multiplied by</source>
        <translation>Des Kopfes: addiert, subtrahiert oder multipliziert mit</translation>
    </message>
    <message>
        <source>Of the map; an old one of this name is replaced</source>
        <translation>Der Karte; eine alte dieses Namens wird ersetzt</translation>
    </message>
    <message>
        <source>Of the network in this project</source>
        <translation>Des Netzes in diesem Projekt</translation>
    </message>
    <message>
        <source>Of the protocol</source>
        <translation>Des Protokolls</translation>
    </message>
    <message>
        <source>Of the regression beside the cross-entropy</source>
        <translation>Der Regression neben der Kreuzentropie</translation>
    </message>
    <message>
        <source>Of the score table</source>
        <translation>Der Bewertungstabelle</translation>
    </message>
    <message>
        <source>Of the selection; an old one of this name is replaced</source>
        <translation>Der Auswahl; eine alte dieses Namens wird ersetzt</translation>
    </message>
    <message>
        <source>Of the student</source>
        <translation>Des Schülers</translation>
    </message>
    <message>
        <source>Of these lists, records and trees: only images of this set</source>
        <translation>Von diesen Listen, Records und Bäumen: nur Bilder dieses Satzes</translation>
    </message>
    <message>
        <source>Only evaluated</source>
        <translation>Nur ausgewertet</translation>
    </message>
    <message>
        <source>Only these, comma-separated patterns such as id0*,id11</source>
        <translation>Nur diese, Muster durch Kommas getrennt wie id0*,id11</translation>
    </message>
    <message>
        <source>OpenCV&apos;s own, which misses many faces and aligns none: a poor choice</source>
        <translation>Der von OpenCV, der viele Gesichter verfehlt und keine ausrichtet: eine schlechte Wahl</translation>
    </message>
    <message>
        <source>Operating points, comma-separated</source>
        <translation>Betriebspunkte, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Output layer</source>
        <translation>Ausgabeschicht</translation>
    </message>
    <message>
        <source>Output of the model; a student has identity and mimic</source>
        <translation>Ausgabe des Modells; ein Schüler hat identity und mimic</translation>
    </message>
    <message>
        <source>PROJECT/exports</source>
        <translation>PROJEKT/exports</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Passes of the fine-tuning</source>
        <translation>Durchgänge der Feinabstimmung</translation>
    </message>
    <message>
        <source>Passes of the first stage, on classes alone, before anything is learned from the teacher; shared by all modes</source>
        <translation>Durchgänge der ersten Stufe, nur auf Klassen, bevor etwas vom Lehrer gelernt wird; allen Modi gemeinsam</translation>
    </message>
    <message>
        <source>Passes over the training images</source>
        <translation>Durchgänge über die Trainingsbilder</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Perturbations</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>Rank weight</source>
        <translation>Ranggewicht</translation>
    </message>
    <message>
        <source>Regression weight</source>
        <translation>Regressionsgewicht</translation>
    </message>
    <message>
        <source>Rendered identities</source>
        <translation>Gerenderte Identitäten</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Resamplings for the 95 % intervals; 0: none</source>
        <translation>Wiederholte Stichproben für die 95-%-Intervalle; 0: keine</translation>
    </message>
    <message>
        <source>Rescale A</source>
        <translation>Umskalieren A</translation>
    </message>
    <message>
        <source>Rescale B</source>
        <translation>Umskalieren B</translation>
    </message>
    <message>
        <source>SCface</source>
        <translation>SCface</translation>
    </message>
    <message>
        <source>SCface: 001_frontal.jpg and surveillance_cameras_distance_1/cam_1/001_cam1_1.jpg</source>
        <translation>SCface: 001_frontal.jpg und surveillance_cameras_distance_1/cam_1/001_cam1_1.jpg</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Score table of side A</source>
        <translation>Bewertungstabelle der Seite A</translation>
    </message>
    <message>
        <source>Score table of side B</source>
        <translation>Bewertungstabelle der Seite B</translation>
    </message>
    <message>
        <source>Scored, and networks learn from it</source>
        <translation>Bewertet, und Netze lernen daraus</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>Scores A</source>
        <translation>Bewertungen A</translation>
    </message>
    <message>
        <source>Scores B</source>
        <translation>Bewertungen B</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Seeded variants of a face, one an epoch; 0: none</source>
        <translation>Zufällige Abwandlungen eines Gesichts nach Startwert, eine je Epoche; 0: keine</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Share of each template&apos;s images that are replaced by degraded copies</source>
        <translation>Anteil der Bilder jedes Templates, die durch verschlechterte Kopien ersetzt werden</translation>
    </message>
    <message>
        <source>Share of the identities held out to choose the epoch</source>
        <translation>Anteil der Identitäten, der zur Wahl der Epoche zurückgehalten wird</translation>
    </message>
    <message>
        <source>Share of the images of each class held out</source>
        <translation>Anteil der zurückgehaltenen Bilder jeder Klasse</translation>
    </message>
    <message>
        <source>Side of the faces it sees</source>
        <translation>Seite der Gesichter, die es sieht</translation>
    </message>
    <message>
        <source>Smallest cosine of the hardest negative</source>
        <translation>Kleinster Kosinus der ähnlichsten fremden Identität</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Steps of the descent</source>
        <translation>Schritte des Abstiegs</translation>
    </message>
    <message>
        <source>Strength of the strongest copy</source>
        <translation>Stärke der stärksten Kopie</translation>
    </message>
    <message>
        <source>Strength of the weakest copy</source>
        <translation>Stärke der schwächsten Kopie</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>Stärkste</translation>
    </message>
    <message>
        <source>Subtracts the margin from the cosine: s (cos theta - m)</source>
        <translation>Zieht den Abstand vom Kosinus ab: s (cos theta - m)</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>Lehrer</translation>
    </message>
    <message>
        <source>Templates an identity</source>
        <translation>Templates je Identität</translation>
    </message>
    <message>
        <source>The face nearest to the middle of the photograph</source>
        <translation>Das Gesicht, das der Mitte des Fotos am nächsten ist</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>Das größte Gesicht</translation>
    </message>
    <message>
        <source>The largest one of the fine-tuning</source>
        <translation>Die größte der Feinabstimmung</translation>
    </message>
    <message>
        <source>The largest one of the first stage</source>
        <translation>Die größte der ersten Stufe</translation>
    </message>
    <message>
        <source>The largest one: it warms up, then falls</source>
        <translation>Die größte: Sie läuft warm und fällt dann</translation>
    </message>
    <message>
        <source>The same of side B</source>
        <translation>Dasselbe für Seite B</translation>
    </message>
    <message>
        <source>The same seed makes the same map</source>
        <translation>Derselbe Startwert ergibt dieselbe Karte</translation>
    </message>
    <message>
        <source>The same seed makes the same protocol</source>
        <translation>Derselbe Startwert ergibt dasselbe Protokoll</translation>
    </message>
    <message>
        <source>The score, as in the paper</source>
        <translation>Die Bewertung, wie in der Arbeit</translation>
    </message>
    <message>
        <source>The small one: 1 M parameters at width 1</source>
        <translation>Das kleine: 1 M Parameter bei Breite 1</translation>
    </message>
    <message>
        <source>The small recogniser that comes along</source>
        <translation>Der kleine Gesichtserkenner, der mitkommt</translation>
    </message>
    <message>
        <source>The standardised ratio: bad and worse images stay apart</source>
        <translation>Das standardisierte Verhältnis: Schlechte und schlechtere Bilder bleiben auseinander</translation>
    </message>
    <message>
        <source>Their strength</source>
        <translation>Ihre Stärke</translation>
    </message>
    <message>
        <source>Threshold A</source>
        <translation>Schwelle A</translation>
    </message>
    <message>
        <source>Threshold B</source>
        <translation>Schwelle B</translation>
    </message>
    <message>
        <source>Tiny below</source>
        <translation>Winzig unter</translation>
    </message>
    <message>
        <source>Training identities with fewer images are no class</source>
        <translation>Trainingsidentitäten mit weniger Bildern sind keine Klasse</translation>
    </message>
    <message>
        <source>Two identities are never listed as probably one person below this centroid cosine</source>
        <translation>Zwei Identitäten gelten unter diesem Kosinus der Zentroide nie als wahrscheinlich eine Person</translation>
    </message>
    <message>
        <source>UCCS</source>
        <translation>UCCS</translation>
    </message>
    <message>
        <source>UCCS: gallery.csv and validation.csv beside gallery_images and validation_images</source>
        <translation>UCCS: gallery.csv und validation.csv neben gallery_images und validation_images</translation>
    </message>
    <message>
        <source>UMDFaces</source>
        <translation>UMDFaces</translation>
    </message>
    <message>
        <source>UMDFaces: folders of identities with umdfaces_batch1_ultraface.csv beside them</source>
        <translation>UMDFaces: Ordner von Identitäten mit umdfaces_batch1_ultraface.csv daneben</translation>
    </message>
    <message>
        <source>Unknowns</source>
        <translation>Unbekannte</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>Variance of the face&apos;s Laplacian</source>
        <translation>Varianz des Laplace-Filters auf dem Gesicht</translation>
    </message>
    <message>
        <source>Verified afterwards, comma-separated</source>
        <translation>Danach verifiziert, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Warmlauf</translation>
    </message>
    <message>
        <source>Weakest</source>
        <translation>Schwächste</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Weights A</source>
        <translation>Gewichte A</translation>
    </message>
    <message>
        <source>Weights B</source>
        <translation>Gewichte B</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What a detector said (column detector_score of a templates CSV)</source>
        <translation>Was ein Detektor sagte (Spalte detector_score einer Template-CSV)</translation>
    </message>
    <message>
        <source>What an image&apos;s score is</source>
        <translation>Was die Bewertung eines Bilds ist</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>What is finished under that name, and was made with other options</source>
        <translation>Was unter diesem Namen fertig ist und mit anderen Optionen entstand</translation>
    </message>
    <message>
        <source>What is on the map</source>
        <translation>Was auf der Karte ist</translation>
    </message>
    <message>
        <source>What is regressed of the teacher&apos;s features</source>
        <translation>Was von den Merkmalen des Lehrers gelernt wird</translation>
    </message>
    <message>
        <source>What is squared; held-out losses are always those of the score</source>
        <translation>Was quadriert wird; Validierungsverluste sind immer die der Bewertung</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>What it is made of; test identities were never trained on, and a number should come from those</source>
        <translation>Woraus es entsteht; auf Test-Identitäten wurde nie trainiert, und eine Zahl sollte von diesen stammen</translation>
    </message>
    <message>
        <source>What its identities are for</source>
        <translation>Wofür seine Identitäten da sind</translation>
    </message>
    <message>
        <source>What pushes identities apart while training; it is not part of the network that is kept</source>
        <translation>Was im Training Identitäten auseinanderschiebt; es gehört nicht zum behaltenen Netz</translation>
    </message>
    <message>
        <source>What the files of the tree are</source>
        <translation>Was die Dateien des Baums sind</translation>
    </message>
    <message>
        <source>What the network runs on</source>
        <translation>Worauf das Netz läuft</translation>
    </message>
    <message>
        <source>Where scores spread enough</source>
        <translation>Wo Bewertungen genug streuen</translation>
    </message>
    <message>
        <source>Which face</source>
        <translation>Welches Gesicht</translation>
    </message>
    <message>
        <source>Which faces modes s and sc learn the teacher&apos;s features of</source>
        <translation>Von welchen Gesichtern die Modi s und sc die Merkmale des Lehrers lernen</translation>
    </message>
    <message>
        <source>Which features</source>
        <translation>Welche Merkmale</translation>
    </message>
    <message>
        <source>Which protocol</source>
        <translation>Welches Protokoll</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>a CSV table with the columns template,identity,path</source>
        <translation>eine CSV-Tabelle mit den Spalten template,identity,path</translation>
    </message>
    <message>
        <source>a face</source>
        <translation>ein Gesicht</translation>
    </message>
    <message>
        <source>a face library of Frigate</source>
        <translation>eine Gesichtsbibliothek von Frigate</translation>
    </message>
    <message>
        <source>a folder for each identity</source>
        <translation>ein Ordner je Identität</translation>
    </message>
    <message>
        <source>a folder per identity, with its images inside; optionally groups.csv with group,identity,path</source>
        <translation>ein Ordner je Identität mit ihren Bildern darin; auf Wunsch groups.csv mit group,identity,path</translation>
    </message>
    <message>
        <source>a folder that an import of synthetic-faces rendered, with its truth.csv</source>
        <translation>ein Ordner, den ein Import von synthetic-faces gerendert hat, mit seiner truth.csv</translation>
    </message>
    <message>
        <source>a table a,b,genuine (and fold) of templates to compare; without it there is no comparison</source>
        <translation>eine Tabelle a,b,genuine (und fold) zu vergleichender Templates; ohne sie gibt es keinen Vergleich</translation>
    </message>
    <message>
        <source>a table path,x1,y1,..,x5,y5: five points of each face, without which an image is taken whole</source>
        <translation>eine Tabelle path,x1,y1,..,x5,y5: fünf Punkte jedes Gesichts, ohne die ein Bild ganz genommen wird</translation>
    </message>
    <message>
        <source>a template</source>
        <translation>ein Template</translation>
    </message>
    <message>
        <source>all of single images</source>
        <translation>alle mit einzelnen Bildern</translation>
    </message>
    <message>
        <source>an InsightFace .bin of pairs</source>
        <translation>eine Paardatei (.bin) von InsightFace</translation>
    </message>
    <message>
        <source>an InsightFace training record</source>
        <translation>ein Trainings-Record von InsightFace</translation>
    </message>
    <message>
        <source>an InsightFace training set: train.rec with train.idx, or the folder that holds them</source>
        <translation>ein Trainingssatz von InsightFace: train.rec mit train.idx oder der Ordner mit beiden</translation>
    </message>
    <message>
        <source>an InsightFace verification set: a .bin file with a pickle of (images, issame)</source>
        <translation>ein Verifikationssatz von InsightFace: eine .bin-Datei mit einem Pickle (images, issame)</translation>
    </message>
    <message>
        <source>an LFW layout</source>
        <translation>ein Aufbau wie LFW</translation>
    </message>
    <message>
        <source>an identity</source>
        <translation>eine Identität</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>as A</source>
        <translation>wie A</translation>
    </message>
    <message>
        <source>checking the recipe</source>
        <translation>Rezept wird geprüft</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>comparing templates</source>
        <translation>Templates werden verglichen</translation>
    </message>
    <message>
        <source>converting</source>
        <translation>Umwandlung</translation>
    </message>
    <message>
        <source>darkness</source>
        <translation>Dunkelheit</translation>
    </message>
    <message>
        <source>ddl where there are scores, else average</source>
        <translation>ddl, wo es Bewertungen gibt, sonst average</translation>
    </message>
    <message>
        <source>demo, a network of this project, or a file: ONNX, TorchScript, Discern checkpoint</source>
        <translation>demo, ein Netz dieses Projekts oder eine Datei: ONNX, TorchScript, Checkpoint von Discern</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>downscale</source>
        <translation>Verkleinerung</translation>
    </message>
    <message>
        <source>element-wise maximum</source>
        <translation>elementweises Maximum</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>equal, on k samples drawn from the seed and the template&apos;s index</source>
        <translation>gleich, auf k Bildern, gezogen nach Startwert und Nummer des Templates</translation>
    </message>
    <message>
        <source>equal, on the k best scores; of equal scores the earlier sample</source>
        <translation>gleich, auf den k besten Bewertungen; bei gleichen das frühere Bild</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>every number as CSV and JSON</source>
        <translation>jede Zahl als CSV und JSON</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>allem</translation>
    </message>
    <message>
        <source>exporting</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>extracting degraded copies</source>
        <translation>Verschlechterte Kopien werden extrahiert</translation>
    </message>
    <message>
        <source>extracting features</source>
        <translation>Merkmale werden extrahiert</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>faces of nobody: import makes each an identity of its own, leave (usual) leaves them out</source>
        <translation>Gesichter von niemandem: import macht aus jedem eine eigene Identität, leave (üblich) lässt sie weg</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>falsely gained</source>
        <translation>fälschlich gewonnen</translation>
    </message>
    <message>
        <source>falsely lost</source>
        <translation>fälschlich verloren</translation>
    </message>
    <message>
        <source>features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>features of kept images as .npy, with a .txt of their paths</source>
        <translation>Merkmale behaltener Bilder als .npy, mit einer .txt ihrer Pfade</translation>
    </message>
    <message>
        <source>files of their own</source>
        <translation>eigene Dateien</translation>
    </message>
    <message>
        <source>finding faces</source>
        <translation>Gesichter werden gesucht</translation>
    </message>
    <message>
        <source>finding neighbours</source>
        <translation>Nachbarn werden gesucht</translation>
    </message>
    <message>
        <source>fitting the head</source>
        <translation>Kopf wird angepasst</translation>
    </message>
    <message>
        <source>float32 alone, on CUDA too</source>
        <translation>nur float32, auch auf CUDA</translation>
    </message>
    <message>
        <source>gained</source>
        <translation>gewonnen</translation>
    </message>
    <message>
        <source>gaussian-blur</source>
        <translation>Gauß-Unschärfe</translation>
    </message>
    <message>
        <source>hard links: no space, and what changes one changes the other</source>
        <translation>harte Links: kein Platz, und was den einen ändert, ändert den anderen</translation>
    </message>
    <message>
        <source>identities</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>images are faces already</source>
        <translation>Bilder sind schon Gesichter</translation>
    </message>
    <message>
        <source>images or identities were left out, moved, merged or given another role since</source>
        <translation>seither wurden Bilder oder Identitäten ausgelassen, verschoben, zusammengelegt oder bekamen eine andere Rolle</translation>
    </message>
    <message>
        <source>importing features</source>
        <translation>Merkmale werden importiert</translation>
    </message>
    <message>
        <source>importing scores</source>
        <translation>Bewertungen werden importiert</translation>
    </message>
    <message>
        <source>its feature holds NaN or infinity</source>
        <translation>sein Merkmal enthält NaN oder unendlich</translation>
    </message>
    <message>
        <source>its feature is the zero vector</source>
        <translation>sein Merkmal ist der Nullvektor</translation>
    </message>
    <message>
        <source>its identity is in the pool or excluded, so it was not scored</source>
        <translation>seine Identität ist im Pool oder ausgeschlossen, also wurde es nicht bewertet</translation>
    </message>
    <message>
        <source>its image could not be decoded</source>
        <translation>sein Bild ließ sich nicht dekodieren</translation>
    </message>
    <message>
        <source>jpeg</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>kept images as InsightFace&apos;s train.rec and train.idx</source>
        <translation>behaltene Bilder als train.rec und train.idx von InsightFace</translation>
    </message>
    <message>
        <source>kept images as a folder an identity</source>
        <translation>behaltene Bilder als Ordner je Identität</translation>
    </message>
    <message>
        <source>kept.txt, removed.txt, and decisions.csv with reasons and scores</source>
        <translation>kept.txt, removed.txt und decisions.csv mit Gründen und Bewertungen</translation>
    </message>
    <message>
        <source>laying out</source>
        <translation>Karte wird ausgelegt</translation>
    </message>
    <message>
        <source>looking at image files</source>
        <translation>Bilddateien werden geprüft</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>making templates</source>
        <translation>Templates werden gebildet</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>marks.csv, what people decided about images, which mark reads</source>
        <translation>marks.csv, was Personen über Bilder entschieden, das mark liest</translation>
    </message>
    <message>
        <source>mean within a medium, then sum over media, always of features as they are, whatever lengths says (InsightFace&apos;s IJB); unknown media stand alone</source>
        <translation>Mittel innerhalb eines Mediums, dann Summe über Medien, stets aus Merkmalen, wie sie sind, was auch immer die Längen sagen (IJB von InsightFace); unbekannte Medien stehen für sich</translation>
    </message>
    <message>
        <source>measuring models</source>
        <translation>Modelle werden gemessen</translation>
    </message>
    <message>
        <source>measuring sharpness</source>
        <translation>Schärfe wird gemessen</translation>
    </message>
    <message>
        <source>motion-blur</source>
        <translation>Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
    <message>
        <source>not_asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>not_finite</source>
        <translation>nicht endlich</translation>
    </message>
    <message>
        <source>not_given</source>
        <translation>nicht gegeben</translation>
    </message>
    <message>
        <source>occlusion</source>
        <translation>Verdeckung</translation>
    </message>
    <message>
        <source>of the members that say whose an image is, without it cls</source>
        <translation>der Einträge, die sagen, wessen ein Bild ist, ohne Angabe cls</translation>
    </message>
    <message>
        <source>one of the same features</source>
        <translation>eine derselben Merkmale</translation>
    </message>
    <message>
        <source>one_identity</source>
        <translation>eine Identität</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>predict</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>reading image headers</source>
        <translation>Bildköpfe werden gelesen</translation>
    </message>
    <message>
        <source>reading records</source>
        <translation>Records werden gelesen</translation>
    </message>
    <message>
        <source>reading shards</source>
        <translation>Teile werden gelesen</translation>
    </message>
    <message>
        <source>reading test faces</source>
        <translation>Testgesichter werden gelesen</translation>
    </message>
    <message>
        <source>rendered faces</source>
        <translation>gerenderte Gesichter</translation>
    </message>
    <message>
        <source>report and charts, drawn by discern-workbench</source>
        <translation>Bericht und Diagramme, gezeichnet von discern-workbench</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>scored</source>
        <translation>bewertet</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>shards (.tar, .tar.gz) of a WebDataset: KEY.jpg with KEY.cls, which says whose it is; one shard, or the folder that holds them</source>
        <translation>Teile (.tar, .tar.gz) eines WebDataset: KEY.jpg mit KEY.cls, das sagt, wessen es ist; ein Teil oder der Ordner mit ihnen</translation>
    </message>
    <message>
        <source>shards of a WebDataset</source>
        <translation>Teile eines WebDataset</translation>
    </message>
    <message>
        <source>single_sample</source>
        <translation>einziges Bild</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>Durchlauf</translation>
    </message>
    <message>
        <source>symbolic links to where the images are</source>
        <translation>symbolische Links dorthin, wo die Bilder sind</translation>
    </message>
    <message>
        <source>synthetic-faces: share of images filed under another identity</source>
        <translation>synthetic-faces: Anteil der Bilder, die unter einer anderen Identität abgelegt sind</translation>
    </message>
    <message>
        <source>template</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>templates</source>
        <translation>Templates</translation>
    </message>
    <message>
        <source>templates as InsightFace packs IJB</source>
        <translation>Templates, wie InsightFace IJB packt</translation>
    </message>
    <message>
        <source>templates.csv and pairs.csv of kept images, which import reads</source>
        <translation>templates.csv und pairs.csv behaltener Bilder, die import liest</translation>
    </message>
    <message>
        <source>the best score&apos;s sample; of equal scores the earlier</source>
        <translation>das Bild mit der besten Bewertung; bei gleichen das frühere</translation>
    </message>
    <message>
        <source>the detector&apos;s own; without any, faces are cropped and not aligned</source>
        <translation>die des Detektors; ohne sie werden Gesichter zugeschnitten und nicht ausgerichtet</translation>
    </message>
    <message>
        <source>the detector&apos;s raw score (column detector_score of a templates CSV); 0 where it is negative or missing; where a sample has one</source>
        <translation>die rohe Bewertung des Detektors (Spalte detector_score einer Template-CSV); 0, wo sie negativ ist oder fehlt; wo ein Bild eine hat</translation>
    </message>
    <message>
        <source>the feature&apos;s norm (on raw features that is the norm squared)</source>
        <translation>die Norm des Merkmals (auf rohen Merkmalen ist das die Norm im Quadrat)</translation>
    </message>
    <message>
        <source>the file that the scores were imported from has none for it</source>
        <translation>die Datei, aus der die Bewertungen importiert wurden, hat keine dafür</translation>
    </message>
    <message>
        <source>the head&apos;s own</source>
        <translation>der des Kopfes</translation>
    </message>
    <message>
        <source>the images are not here: samples without pictures, for import-features</source>
        <translation>die Bilder sind nicht hier: Einträge ohne Bilder, für import-features</translation>
    </message>
    <message>
        <source>the images&apos; own scores</source>
        <translation>die Bewertungen der Bilder selbst</translation>
    </message>
    <message>
        <source>the method</source>
        <translation>das Verfahren</translation>
    </message>
    <message>
        <source>the model&apos;s, and the layer&apos;s</source>
        <translation>der des Modells und der Schicht</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>das neueste</translation>
    </message>
    <message>
        <source>the newest that no student made</source>
        <translation>die neuesten, die kein Schüler machte</translation>
    </message>
    <message>
        <source>the newest, where templates have several images</source>
        <translation>die neuesten, wo Templates mehrere Bilder haben</translation>
    </message>
    <message>
        <source>the one that features were made by, else demo</source>
        <translation>das, von dem Merkmale stammen, sonst demo</translation>
    </message>
    <message>
        <source>the only image of its identity, so it has no centroid but itself</source>
        <translation>das einzige Bild seiner Identität, also hat es kein Zentroid außer sich selbst</translation>
    </message>
    <message>
        <source>the operating point&apos;s</source>
        <translation>wie am Betriebspunkt</translation>
    </message>
    <message>
        <source>the pairs file, where it is not beside the images; none: no protocol</source>
        <translation>die Paardatei, wenn sie nicht bei den Bildern liegt; none: kein Protokoll</translation>
    </message>
    <message>
        <source>the recipe&apos;s, else the last one</source>
        <translation>die des Rezepts, sonst die letzte</translation>
    </message>
    <message>
        <source>the score of what is above the threshold, rescaled in the group or not</source>
        <translation>die Bewertung dessen, was über der Schwelle liegt, in der Gruppe umskaliert oder nicht</translation>
    </message>
    <message>
        <source>the score; nothing is dropped</source>
        <translation>die Bewertung; nichts wird verworfen</translation>
    </message>
    <message>
        <source>the source&apos;s</source>
        <translation>der der Quelle</translation>
    </message>
    <message>
        <source>the whole image</source>
        <translation>das ganze Bild</translation>
    </message>
    <message>
        <source>there is no other identity to be confused with</source>
        <translation>es gibt keine andere Identität, mit der verwechselt werden könnte</translation>
    </message>
    <message>
        <source>unpacking shards</source>
        <translation>Teile werden entpackt</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>where images go that the pickle stores as text and that cannot be read in place</source>
        <translation>wohin Bilder kommen, die der Pickle als Text speichert und die sich nicht an Ort und Stelle lesen lassen</translation>
    </message>
    <message>
        <source>writing features</source>
        <translation>Merkmale werden geschrieben</translation>
    </message>
    <message>
        <source>writing lists</source>
        <translation>Listen werden geschrieben</translation>
    </message>
    <message>
        <source>writing records</source>
        <translation>Records werden geschrieben</translation>
    </message>
    <message>
        <source>writing the protocol</source>
        <translation>Protokoll wird geschrieben</translation>
    </message>
    <message>
        <source>writing the tree</source>
        <translation>Baum wird geschrieben</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>x,y,width,height of the face in every image without landmarks (LFW&apos;s deep-funneled images have 60,52,130,130 by themselves)</source>
        <translation>x,y,Breite,Höhe des Gesichts in jedem Bild ohne Landmarken (die Deep-funneled-Bilder von LFW haben von selbst 60,52,130,130)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>zero_feature</source>
        <translation>Nullmerkmal</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Unter</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>Verschlechterung</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Hardest</source>
        <translation>Härtester</translation>
    </message>
    <message>
        <source>Hardest_identity</source>
        <translation>Verwechselt mit</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Eigener</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Classification alone: the teacher is not asked</source>
        <translation>Nur Klassifikation: Der Lehrer wird nicht gefragt</translation>
    </message>
    <message>
        <source>Cmc</source>
        <translation>CMC</translation>
    </message>
    <message>
        <source>Det</source>
        <translation>DET</translation>
    </message>
    <message>
        <source>Direct distillation: regression on all faces, and classification</source>
        <translation>Direkte Destillation: Regression auf allen Gesichtern und Klassifikation</translation>
    </message>
    <message>
        <source>Distil accuracy</source>
        <translation>Genauigkeit der Schüler</translation>
    </message>
    <message>
        <source>Distil curves</source>
        <translation>Kurven der Schüler</translation>
    </message>
    <message>
        <source>Edc</source>
        <translation>EDC</translation>
    </message>
    <message>
        <source>Regression of the teacher&apos;s features on the selected faces</source>
        <translation>Regression der Merkmale des Lehrers auf den ausgewählten Gesichtern</translation>
    </message>
    <message>
        <source>Regression on the selected faces, and classification</source>
        <translation>Regression auf den ausgewählten Gesichtern und Klassifikation</translation>
    </message>
    <message>
        <source>Roc</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>Score distribution</source>
        <translation>Verteilung der Bewertungen</translation>
    </message>
    <message>
        <source>Score heatmap</source>
        <translation>Heatmap der Bewertungen</translation>
    </message>
    <message>
        <source>Score of image</source>
        <translation>Bewertung des Bilds</translation>
    </message>
    <message>
        <source>Scores against scores</source>
        <translation>Bewertungen gegen Bewertungen</translation>
    </message>
    <message>
        <source>Selection curve</source>
        <translation>Kurve der Auswahl</translation>
    </message>
    <message>
        <source>Selection map</source>
        <translation>Karte der Auswahl</translation>
    </message>
    <message>
        <source>Selection scores</source>
        <translation>Auswahl gegen Bewertungen</translation>
    </message>
    <message>
        <source>Sweep cost</source>
        <translation>Kosten des Durchlaufs</translation>
    </message>
    <message>
        <source>Sweep tar</source>
        <translation>TAR des Durchlaufs</translation>
    </message>
    <message>
        <source>Template scores</source>
        <translation>Bewertungen des Templates</translation>
    </message>
    <message>
        <source>Threshold cost</source>
        <translation>Kosten über der Schwelle</translation>
    </message>
    <message>
        <source>Threshold scores</source>
        <translation>Bewertungen und Schwelle</translation>
    </message>
    <message>
        <source>Threshold tar</source>
        <translation>TAR über der Schwelle</translation>
    </message>
    <message>
        <source>Tradeoff</source>
        <translation>Abwägung</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Training quality</source>
        <translation>Trainingsgüte</translation>
    </message>
    <message>
        <source>What it learns</source>
        <translation>Was es lernt</translation>
    </message>
    <message>
        <source>Worst templates</source>
        <translation>Schlechteste Templates</translation>
    </message>
    <message>
        <source>training accuracy</source>
        <translation>Trainingsgenauigkeit</translation>
    </message>
    <message>
        <source>training learning rate</source>
        <translation>Lernrate im Training</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>alle anderen</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>A DDNet of this project, or its file, which sees every image</source>
        <translation>Ein DDNet dieses Projekts oder seine Datei; es sieht jedes Bild</translation>
    </message>
    <message>
        <source>A plain ResNet-50 (He et al. 2016) with a linear layer behind its average</source>
        <translation>Ein einfaches ResNet-50 (He u. a. 2016) mit einer linearen Schicht hinter dem Mittel</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>Aggregation</translation>
    </message>
    <message>
        <source>As they are, and their squared distance is the loss, as published</source>
        <translation>Wie sie sind, und ihr quadrierter Abstand ist der Verlust, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Between distances of features</source>
        <translation>Zwischen Entfernungen von Merkmalen</translation>
    </message>
    <message>
        <source>CPLFW or CALFW</source>
        <translation>CPLFW oder CALFW</translation>
    </message>
    <message>
        <source>CPLFW or CALFW: pairs_CPLFW.txt or pairs_CALFW.txt, two lines a pair, and the images in one folder</source>
        <translation>CPLFW oder CALFW: pairs_CPLFW.txt oder pairs_CALFW.txt, zwei Zeilen je Paar, und die Bilder in einem Ordner</translation>
    </message>
    <message>
        <source>DDL weights</source>
        <translation>Gewichte von DDL</translation>
    </message>
    <message>
        <source>DDL: centroids of raw features, cosines, every image votes</source>
        <translation>DDL: Zentroide roher Merkmale, Kosinus, jedes Bild zählt mit</translation>
    </message>
    <message>
        <source>DDL: raw features, rescaled weights, threshold 0.15</source>
        <translation>DDL: rohe Merkmale, umskalierte Gewichte, Schwelle 0,15</translation>
    </message>
    <message>
        <source>DDL: the training set&apos;s own images and scale, the plain loss, no mirror, nothing held out</source>
        <translation>DDL: Bilder und Maßstab des Trainingssatzes selbst, der einfache Verlust, nicht gespiegelt, nichts zurückgehalten</translation>
    </message>
    <message>
        <source>DDNet</source>
        <translation>DDNet</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Features as they are, as in both papers: longer ones count more</source>
        <translation>Merkmale, wie sie sind, wie in beiden Arbeiten: Längere zählen mehr</translation>
    </message>
    <message>
        <source>Features of length 1: every image counts alike</source>
        <translation>Merkmale der Länge 1: Jedes Bild zählt gleich</translation>
    </message>
    <message>
        <source>How pixels become the model&apos;s input, by name or a .toml file; a wrong one is the most common silent error. A file that says its own needs none</source>
        <translation>Wie aus Pixeln die Eingabe des Modells wird, mit Namen oder als .toml-Datei; ein falsches ist der häufigste stille Fehler. Eine Datei, die ihr eigenes nennt, braucht keines</translation>
    </message>
    <message>
        <source>How the images that stay are combined</source>
        <translation>Wie die Bilder zusammengefasst werden, die bleiben</translation>
    </message>
    <message>
        <source>IJB-A</source>
        <translation>IJB-A</translation>
    </message>
    <message>
        <source>IJB-A: the ten splits of IJB-A_11_sets (one protocol with ten folds) and of IJB-A_1N_sets (a protocol each for gallery and probes), images beside them or in images</source>
        <translation>IJB-A: die zehn Splits von IJB-A_11_sets (ein Protokoll mit zehn Teilen) und von IJB-A_1N_sets (je ein Protokoll für Galerie und Proben), Bilder daneben oder in images</translation>
    </message>
    <message>
        <source>IJB-B and IJB-C as InsightFace packs them: loose_crop with the faces, meta with the lists; 1:1 pairs, and the galleries and probes of 1:N as protocols of their own</source>
        <translation>IJB-B und IJB-C, wie InsightFace sie packt: loose_crop mit den Gesichtern, meta mit den Listen; 1:1-Paare, dazu Galerien und Proben von 1:N als eigene Protokolle</translation>
    </message>
    <message>
        <source>IJB-B or IJB-C as InsightFace packs them</source>
        <translation>IJB-B oder IJB-C, wie InsightFace sie packt</translation>
    </message>
    <message>
        <source>IMDb-Face</source>
        <translation>IMDb-Face</translation>
    </message>
    <message>
        <source>IMDb-Face: IMDb-Face.csv (name,index,image,rect,height width,url), and the photographs as you downloaded them: by index, by name or in one folder, also in images</source>
        <translation>IMDb-Face: IMDb-Face.csv (name,index,image,rect,height width,url) und die Fotos, wie Sie sie heruntergeladen haben: nach index, nach Namen oder in einem Ordner, auch in images</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Images a network sees at once</source>
        <translation>Bilder, die ein Netz auf einmal sieht</translation>
    </message>
    <message>
        <source>Images an identity</source>
        <translation>Bilder je Identität</translation>
    </message>
    <message>
        <source>In a batch with triplets</source>
        <translation>In einem Stapel mit Tripeln</translation>
    </message>
    <message>
        <source>It is the only usable image of its template: without it nothing is left to match.</source>
        <translation>Es ist das einzige brauchbare Bild seines Templates: Ohne es bleibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Längen</translation>
    </message>
    <message>
        <source>Lengths A</source>
        <translation>Längen A</translation>
    </message>
    <message>
        <source>Lengths B</source>
        <translation>Längen B</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>MS-Celeb-1M</source>
        <translation>MS-Celeb-1M</translation>
    </message>
    <message>
        <source>MS-Celeb-1M: a .tsv of faces in base64 (FaceImageCroppedWithAlignment.tsv), which is unpacked once into the project, or its faces in folders; with a cleaned list of images and labels</source>
        <translation>MS-Celeb-1M: eine .tsv mit Gesichtern in Base64 (FaceImageCroppedWithAlignment.tsv), die einmal ins Projekt ausgepackt wird, oder die Gesichter in Ordnern; mit einer bereinigten Liste von Bildern und Namen</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>No annealing</source>
        <translation>Ohne allmähliches Einsetzen</translation>
    </message>
    <message>
        <source>Of batch-hard triplets beside the head; above 0, a batch holds several images of each identity</source>
        <translation>Der schwersten Tripel eines Stapels neben dem Kopf; über 0 enthält ein Stapel mehrere Bilder jeder Identität</translation>
    </message>
    <message>
        <source>Of the features that a centroid is the mean of</source>
        <translation>Der Merkmale, deren Mittel ein Zentroid ist</translation>
    </message>
    <message>
        <source>Of the features that a template is the mean of</source>
        <translation>Der Merkmale, deren Mittel ein Template ist</translation>
    </message>
    <message>
        <source>Of the features that templates of side A are means of</source>
        <translation>Der Merkmale, deren Mittel die Templates der Seite A sind</translation>
    </message>
    <message>
        <source>Of the features that templates of side B are means of</source>
        <translation>Der Merkmale, deren Mittel die Templates der Seite B sind</translation>
    </message>
    <message>
        <source>Of the head&apos;s cosines; 0: the length of the feature (sphereface)</source>
        <translation>Der Kosinus des Kopfes; 0: die Länge des Merkmals (sphereface)</translation>
    </message>
    <message>
        <source>Only kept images</source>
        <translation>Nur behaltene Bilder</translation>
    </message>
    <message>
        <source>Only of images that scores keep: of each template, and of the other images of each identity, those above the threshold, and the best one where there is none</source>
        <translation>Nur von Bildern, die Bewertungen behalten: von jedem Template und von den übrigen Bildern jeder Identität die über der Schwelle und das beste, wo es keines gibt</translation>
    </message>
    <message>
        <source>Over originals and degraded copies: the scale is the network&apos;s own</source>
        <translation>Über Originale und verschlechterte Kopien: Der Maßstab ist der des Netzes</translation>
    </message>
    <message>
        <source>Over the training set&apos;s own images, as published</source>
        <translation>Über die Bilder des Trainingssatzes selbst, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Perturbed points</source>
        <translation>Gestörte Punkte</translation>
    </message>
    <message>
        <source>Rescale</source>
        <translation>Umskalieren</translation>
    </message>
    <message>
        <source>SKD: centroids of raw features, one cut of the whole graph</source>
        <translation>SKD: Zentroide roher Merkmale, ein Schnitt des ganzen Graphen</translation>
    </message>
    <message>
        <source>SKD: features as they are, equal weights, no fit, no pool, no mirror, nothing held out</source>
        <translation>SKD: Merkmale, wie sie sind, gleiche Gewichte, keine Anpassung, kein Pool, keine Spiegelung, nichts zurückgehalten</translation>
    </message>
    <message>
        <source>Scale of targets</source>
        <translation>Maßstab der Ziele</translation>
    </message>
    <message>
        <source>Slices edc</source>
        <translation>EDC der Teilgruppen</translation>
    </message>
    <message>
        <source>Slices far</source>
        <translation>FAR der Teilgruppen</translation>
    </message>
    <message>
        <source>Slices genuine</source>
        <translation>Echte der Teilgruppen</translation>
    </message>
    <message>
        <source>Slices impostor</source>
        <translation>Fremde der Teilgruppen</translation>
    </message>
    <message>
        <source>Slices tar</source>
        <translation>TAR der Teilgruppen</translation>
    </message>
    <message>
        <source>So many of the images that were dropped go through the base model too, which tells what it takes on all; -1: all of them, 0: none</source>
        <translation>So viele der verworfenen Bilder gehen auch durch das Basismodell, was sagt, was es auf allen braucht; -1: alle, 0: keines</translation>
    </message>
    <message>
        <source>Sphereface has its whole margin from the first step on</source>
        <translation>Sphereface hat seinen ganzen Abstand vom ersten Schritt an</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>The base model sees images with a score above this, and the best one where there is none</source>
        <translation>Das Basismodell sieht Bilder mit einer Bewertung darüber und das beste, wo es keines gibt</translation>
    </message>
    <message>
        <source>The face&apos;s own, where it has some: it is aligned anew</source>
        <translation>Die eigenen des Gesichts, wo es welche hat: Es wird neu ausgerichtet</translation>
    </message>
    <message>
        <source>The first stage, on classes, for every mode</source>
        <translation>Die erste Stufe, auf Klassen, für jeden Modus</translation>
    </message>
    <message>
        <source>The score that an image must exceed, with only-kept</source>
        <translation>Die Bewertung, die ein Bild übertreffen muss, mit only-kept</translation>
    </message>
    <message>
        <source>There are no other images of this identity to match the template against.</source>
        <translation>Es gibt keine anderen Bilder dieser Identität, mit denen das Template verglichen werden könnte.</translation>
    </message>
    <message>
        <source>This image has no usable feature, so its template is the same without it.</source>
        <translation>Dieses Bild hat kein brauchbares Merkmal, also ist sein Template ohne es dasselbe.</translation>
    </message>
    <message>
        <source>Those of the template that faces are aligned to</source>
        <translation>Die der Vorlage, an der Gesichter ausgerichtet werden</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Times one factor for all: faces with longer features count more</source>
        <translation>Mal einen Faktor für alle: Gesichter mit längeren Merkmalen zählen mehr</translation>
    </message>
    <message>
        <source>TinyFace&apos;s Testing_Set (Probe, Gallery_Match, Gallery_Distractor) with its two .mat lists, also an aligned copy; protocols probes and gallery for identify. Each distractor is an identity of its own; its Training_Set is a folder per identity</source>
        <translation>Testing_Set von TinyFace (Probe, Gallery_Match, Gallery_Distractor) mit seinen zwei .mat-Listen, auch als ausgerichtete Kopie; Protokolle probes und gallery für identify. Jeder Ablenker ist eine eigene Identität; sein Training_Set ist ein Ordner je Identität</translation>
    </message>
    <message>
        <source>TinyFace&apos;s test set</source>
        <translation>Testsatz von TinyFace</translation>
    </message>
    <message>
        <source>Triplet margin</source>
        <translation>Abstand der Tripel</translation>
    </message>
    <message>
        <source>Triplet weight</source>
        <translation>Gewicht der Tripel</translation>
    </message>
    <message>
        <source>VGGFace2</source>
        <translation>VGGFace2</translation>
    </message>
    <message>
        <source>VGGFace2: train/n000002/0001_01.jpg, with loose_bb_train.csv and loose_landmark_train.csv in bb_landmark and identity_meta.csv, each where it is there</source>
        <translation>VGGFace2: train/n000002/0001_01.jpg, mit loose_bb_train.csv und loose_landmark_train.csv in bb_landmark und identity_meta.csv, soweit vorhanden</translation>
    </message>
    <message>
        <source>What the targets&apos; mean and deviation are taken over</source>
        <translation>Worüber Mittel und Abweichung der Ziele genommen werden</translation>
    </message>
    <message>
        <source>Where the training of the mode starts</source>
        <translation>Wo das Training des Modus beginnt</translation>
    </message>
    <message>
        <source>Whose landmarks a variant moves</source>
        <translation>Wessen Landmarken eine Variante verschiebt</translation>
    </message>
    <message>
        <source>Whose scores keep images, with only-kept</source>
        <translation>Wessen Bewertungen Bilder behalten, mit only-kept</translation>
    </message>
    <message>
        <source>Whose templates</source>
        <translation>Wessen Templates</translation>
    </message>
    <message>
        <source>Xavier&apos;s random weights: there is no first stage</source>
        <translation>Zufällige Gewichte nach Xavier: Es gibt keine erste Stufe</translation>
    </message>
    <message>
        <source>Xavier&apos;s weights for mode s, the first stage for the others</source>
        <translation>Gewichte nach Xavier für Modus s, die erste Stufe für die anderen</translation>
    </message>
    <message>
        <source>YouTube Faces</source>
        <translation>YouTube Faces</translation>
    </message>
    <message>
        <source>YouTube Faces: aligned_images_DB, or frame_images_DB with Name.labeled_faces.txt, and splits.txt; a template is a video, and ten folds compare them</source>
        <translation>YouTube Faces: aligned_images_DB oder frame_images_DB mit Name.labeled_faces.txt, und splits.txt; ein Template ist ein Video, und zehn Teile vergleichen sie</translation>
    </message>
    <message>
        <source>a cleaned list, m.0107_f/1-FaceId-0.jpg LABEL a line: only these faces, of these people</source>
        <translation>eine bereinigte Liste, m.0107_f/1-FaceId-0.jpg LABEL je Zeile: nur diese Gesichter, dieser Menschen</translation>
    </message>
    <message>
        <source>aligned (usual, where they are there) or frames, cut out by the list</source>
        <translation>aligned (üblich, wo es sie gibt) oder frames, nach der Liste ausgeschnitten</translation>
    </message>
    <message>
        <source>cutting the graph</source>
        <translation>Graph schneiden</translation>
    </message>
    <message>
        <source>equal, on the samples whose cosine with the mean of all is at least min-cosine; on all where none is</source>
        <translation>gleich, auf den Bildern, deren Kosinus zum Mittel aller mindestens min-cosine ist; auf allen, wo keiner es ist</translation>
    </message>
    <message>
        <source>equal, without the share (trim, rounded down: at 15 % none of fewer than 7) of the samples whose directions are farthest from their mean</source>
        <translation>gleich, ohne den Anteil (trim, abgerundet: bei 15 % keines von weniger als 7) der Bilder, deren Richtungen am weitesten von ihrem Mittel liegen</translation>
    </message>
    <message>
        <source>explain</source>
        <translation>erklären</translation>
    </message>
    <message>
        <source>features of kept images</source>
        <translation>Merkmale behaltener Bilder</translation>
    </message>
    <message>
        <source>iQIYI-VID-FACE</source>
        <translation>iQIYI-VID-FACE</translation>
    </message>
    <message>
        <source>k</source>
        <translation>k</translation>
    </message>
    <message>
        <source>of the set, without it &apos;aligned images&apos;, &apos;images&apos; or the set itself</source>
        <translation>des Satzes, ohne Angabe „aligned images“, „images“ oder der Satz selbst</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>wie in der Arbeit</translation>
    </message>
    <message>
        <source>searching galleries</source>
        <translation>Galerien durchsuchen</translation>
    </message>
    <message>
        <source>the detector&apos;s raw score times the feature, mean within a medium, then sum over media, as InsightFace&apos;s IJB scripts do: always of features as they are, whatever lengths says; with the mirrored face added where the features were extracted with flip</source>
        <translation>die rohe Bewertung des Detektors mal dem Merkmal, Mittel je Medium, dann Summe über die Medien, wie die IJB-Skripte von InsightFace: stets aus Merkmalen, wie sie sind, was auch immer die Längen sagen; mit dem gespiegelten Gesicht dazu, wo die Merkmale gespiegelt gewonnen wurden</translation>
    </message>
    <message>
        <source>the point with the smallest sum of distances to the samples (Weiszfeld), raw ones where lengths is raw</source>
        <translation>der Punkt mit der kleinsten Summe der Abstände zu den Bildern (Weiszfeld), zu rohen, wo die Längen roh sind</translation>
    </message>
    <message>
        <source>timing the base model on dropped images</source>
        <translation>Basismodell auf verworfenen Bildern messen</translation>
    </message>
    <message>
        <source>train or test alone, without it both</source>
        <translation>train oder test allein, ohne Angabe beide</translation>
    </message>
    <message>
        <source>unpacking faces</source>
        <translation>Gesichter auspacken</translation>
    </message>
    <message>
        <source>A student of this project, or a file of one, whose weights are the start instead of a first stage</source>
        <translation>Ein Schüler dieses Projekts oder seine Datei, dessen Gewichte statt einer ersten Stufe der Anfang sind</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>AUC, identity layer</source>
        <translation>AUC, Identitätsschicht</translation>
    </message>
    <message>
        <source>AUC, mimic layer</source>
        <translation>AUC, Nachahmungsschicht</translation>
    </message>
    <message>
        <source>Accuracy %</source>
        <translation>Genauigkeit %</translation>
    </message>
    <message>
        <source>Accuracy %, identity layer</source>
        <translation>Genauigkeit %, Identitätsschicht</translation>
    </message>
    <message>
        <source>Accuracy %, mimic layer</source>
        <translation>Genauigkeit %, Nachahmungsschicht</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Compute %</source>
        <translation>Aufwand %</translation>
    </message>
    <message>
        <source>EDC</source>
        <translation>EDC</translation>
    </message>
    <message>
        <source>FAR rule</source>
        <translation>FAR-Regel</translation>
    </message>
    <message>
        <source>FMR</source>
        <translation>FMR</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>Galerien</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Held-out accuracy %</source>
        <translation>Validierungsgenauigkeit %</translation>
    </message>
    <message>
        <source>Held-out cosine to the teacher</source>
        <translation>Validierungskosinus zum Lehrer</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Held-out rank correlation</source>
        <translation>Validierungs-Rangkorrelation</translation>
    </message>
    <message>
        <source>Held-out rank correlation, clean</source>
        <translation>Validierungs-Rangkorrelation, Originale</translation>
    </message>
    <message>
        <source>Identities (or SET/NAME) of it, comma-separated</source>
        <translation>Identitäten davon (oder SATZ/NAME), durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Imported set whose faces are learned from</source>
        <translation>Importierter Satz, aus dessen Gesichtern gelernt wird</translation>
    </message>
    <message>
        <source>Kept %</source>
        <translation>Behalten %</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>Behalten von</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größte</translation>
    </message>
    <message>
        <source>Least cosine</source>
        <translation>Kleinster Kosinus</translation>
    </message>
    <message>
        <source>MMACs</source>
        <translation>MMACs</translation>
    </message>
    <message>
        <source>Only of</source>
        <translation>Nur von</translation>
    </message>
    <message>
        <source>Only of so many identities, those with most images; 0: all</source>
        <translation>Nur von so vielen Identitäten, denen mit den meisten Bildern; 0: alle</translation>
    </message>
    <message>
        <source>Only what a selection keeps: NAME, NAME@LAMBDA or NAME@80%</source>
        <translation>Nur was eine Auswahl behält: NAME, NAME@LAMBDA oder NAME@80%</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Betriebspunkt</translation>
    </message>
    <message>
        <source>Parameters, M</source>
        <translation>Parameter, Mio.</translation>
    </message>
    <message>
        <source>Point chosen elsewhere</source>
        <translation>Anderswo gewählter Punkt</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Rank 1 %</source>
        <translation>Rang 1 %</translation>
    </message>
    <message>
        <source>Rank correlation</source>
        <translation>Rangkorrelation</translation>
    </message>
    <message>
        <source>Rank correlation, clean</source>
        <translation>Rangkorrelation, Originale</translation>
    </message>
    <message>
        <source>Ranks</source>
        <translation>Ränge</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>Reduktion</translation>
    </message>
    <message>
        <source>Reduction&apos;s start</source>
        <translation>Anfang der Reduktion</translation>
    </message>
    <message>
        <source>S-SIZE-MODE, with init-from S-SIZE-MODE-tuned</source>
        <translation>S-GRÖSSE-MODUS, mit init-from S-GRÖSSE-MODUS-tuned</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Beginnen mit</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Top-1 error %</source>
        <translation>Top-1-Fehler %</translation>
    </message>
    <message>
        <source>Top-5 error %</source>
        <translation>Top-5-Fehler %</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>Abschneiden</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>a first stage</source>
        <translation>einer ersten Stufe</translation>
    </message>
    <message>
        <source>mAP %</source>
        <translation>mAP %</translation>
    </message>
    <message>
        <source>ms an image</source>
        <translation>ms je Bild</translation>
    </message>
    <message>
        <source>1 to 10 of the set&apos;s own splits, with part</source>
        <translation>1 bis 10 der eigenen Aufteilungen des Satzes, mit part</translation>
    </message>
    <message>
        <source>A share drawn from the seed</source>
        <translation>Ein Anteil, vom Startwert gezogen</translation>
    </message>
    <message>
        <source>D-score table to compare with, and by which lowest-dscore-first drops</source>
        <translation>Tabelle der D-Scores, mit der verglichen wird und nach der lowest-dscore-first verwirft</translation>
    </message>
    <message>
        <source>DukeMTMC-VideoReID</source>
        <translation>DukeMTMC-VideoReID</translation>
    </message>
    <message>
        <source>DukeMTMC-VideoReID: train, query and gallery, each with a folder for a person and in it one for a tracklet; protocols gallery, query and pairs</source>
        <translation>DukeMTMC-VideoReID: train, query und gallery, jeweils mit einem Ordner je Person und darin einem je Tracklet; Protokolle gallery, query und pairs</translation>
    </message>
    <message>
        <source>Farthest first inside identities, on unit features: each as far as can be from those kept</source>
        <translation>Das Fernste zuerst, in jeder Identität, auf Merkmalen der Länge 1: jedes so weit wie möglich von den behaltenen</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>Greedy facility location inside identities: every face is to have one like it among those kept</source>
        <translation>Gierige Standortwahl in jeder Identität: Zu jedem Gesicht soll eines, das ihm gleicht, behalten werden</translation>
    </message>
    <message>
        <source>How the faces are found</source>
        <translation>Wie die Gesichter gefunden werden</translation>
    </message>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>MARS</source>
        <translation>MARS</translation>
    </message>
    <message>
        <source>MARS: bbox_train and bbox_test with the lists in info; a distractor (0000) is an identity of its own, junk (00-1) is left out; protocols gallery and query for a search, and pairs of them</source>
        <translation>MARS: bbox_train und bbox_test mit den Listen in info; ein Ablenker (0000) ist eine eigene Identität, Ausschuss (00-1) wird weggelassen; Protokolle gallery und query für eine Suche, und pairs aus ihnen</translation>
    </message>
    <message>
        <source>Market-1501</source>
        <translation>Market-1501</translation>
    </message>
    <message>
        <source>Market-1501: bounding_box_train, bounding_box_test and query; each box is a tracklet of one frame, a distractor (0000) an identity of its own, junk (-1) left out; protocols gallery, query and pairs</source>
        <translation>Market-1501: bounding_box_train, bounding_box_test und query; jeder Ausschnitt ist ein Tracklet aus einem Einzelbild, ein Ablenker (0000) eine eigene Identität, Ausschuss (-1) wird weggelassen; Protokolle gallery, query und pairs</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Of a synthetic source: identities</source>
        <translation>Einer synthetischen Quelle: Identitäten</translation>
    </message>
    <message>
        <source>Of a synthetic source: number of the first identity; disjoint ranges share nobody</source>
        <translation>Einer synthetischen Quelle: Nummer der ersten Identität; getrennte Bereiche haben niemanden gemeinsam</translation>
    </message>
    <message>
        <source>Of a synthetic source: the same seed renders the same</source>
        <translation>Einer synthetischen Quelle: derselbe Startwert rendert dasselbe</translation>
    </message>
    <message>
        <source>Of random, and of the trial</source>
        <translation>Von random, und des Versuchs</translation>
    </message>
    <message>
        <source>One minimum cut of the whole graph, at one lambda, as published</source>
        <translation>Ein minimaler Schnitt des ganzen Graphen, bei einem Lambda, wie veröffentlicht</translation>
    </message>
    <message>
        <source>PRID 2011</source>
        <translation>PRID 2011</translation>
    </message>
    <message>
        <source>PRID 2011: multi_shot/cam_a and cam_b with a folder for each person, whose first 200 are the same; those of camera a whom b has too are searched for (query) among all of b (gallery)</source>
        <translation>PRID 2011: multi_shot/cam_a und cam_b mit einem Ordner je Person, deren erste 200 dieselben sind; die von Kamera a, die auch b hat, werden gesucht (query) unter allen von b (gallery)</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Raw lambda of the one cut; a path has them all, rivals of it none</source>
        <translation>Rohes Lambda des einen Schnitts; ein Pfad hat alle, seine Rivalen haben keines</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>The exact path: the sets of all lambdas at once</source>
        <translation>Der exakte Pfad: die Mengen aller Lambdas auf einmal</translation>
    </message>
    <message>
        <source>The lowest D-scores are discarded first (DDL)</source>
        <translation>Die niedrigsten D-Scores werden zuerst verworfen (DDL)</translation>
    </message>
    <message>
        <source>Which images are kept: point (above the operating point&apos;s threshold), all, or SELECTION@LAMBDA or SELECTION@80% (without @ the lambda or share that the window shows)</source>
        <translation>Welche Bilder behalten werden: point (über der Schwelle des Betriebspunkts), all, oder AUSWAHL@LAMBDA oder AUSWAHL@80% (ohne @ das Lambda oder der Anteil, den das Fenster zeigt)</translation>
    </message>
    <message>
        <source>a frame</source>
        <translation>ein Einzelbild</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>a tracklet</source>
        <translation>ein Tracklet</translation>
    </message>
    <message>
        <source>covering identities</source>
        <translation>Identitäten abdecken</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Einzelbild</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>iLIDS-VID</source>
        <translation>iLIDS-VID</translation>
    </message>
    <message>
        <source>iLIDS-VID: sequences/cam1 and cam2 with a folder for each person; those of camera 1 are searched for (query) among those of camera 2 (gallery)</source>
        <translation>iLIDS-VID: sequences/cam1 und cam2 mit einem Ordner je Person; die von Kamera 1 werden gesucht (query) unter denen von Kamera 2 (gallery)</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>only persons whom both cameras have in so many frames</source>
        <translation>nur Personen, die beide Kameras in so vielen Einzelbildern haben</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>persons</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>searching tracklets</source>
        <translation>Tracklets werden gesucht</translation>
    </message>
    <message>
        <source>that half alone; both are read without it</source>
        <translation>nur diese Hälfte; ohne die Angabe werden beide gelesen</translation>
    </message>
    <message>
        <source>that half of the split&apos;s persons</source>
        <translation>diese Hälfte der Personen der Aufteilung</translation>
    </message>
    <message>
        <source>tracklet</source>
        <translation>Tracklet</translation>
    </message>
    <message>
        <source>tracklets</source>
        <translation>Tracklets</translation>
    </message>
    <message>
        <source>walks</source>
        <translation>Gänge</translation>
    </message>
    <message>
        <source>3D-ResNet-50 for clips, as torchvision&apos;s video ResNets</source>
        <translation>3D-ResNet-50 für Clips, wie torchvisions Video-ResNets</translation>
    </message>
    <message>
        <source>A gated recurrent unit over the samples in their order, beside their mean</source>
        <translation>Eine GRU über die Bilder in ihrer Reihenfolge, neben deren Mittel</translation>
    </message>
    <message>
        <source>ActivityNet</source>
        <translation>ActivityNet</translation>
    </message>
    <message>
        <source>ActivityNet: untrimmed videos anywhere in the folder, and the JSON file that says what they show; its subsets training and testing are the parts train and test</source>
        <translation>ActivityNet: ungeschnittene Videos irgendwo im Ordner, und die JSON-Datei, die sagt, was sie zeigen; ihre Teilmengen training und testing sind die Teile train und test</translation>
    </message>
    <message>
        <source>Adam&apos;s</source>
        <translation>Die von Adam</translation>
    </message>
    <message>
        <source>Adam&apos;s first; it falls along a cosine to zero</source>
        <translation>Die erste von Adam; sie fällt entlang eines Kosinus auf null</translation>
    </message>
    <message>
        <source>Aggregators</source>
        <translation>Aggregatoren</translation>
    </message>
    <message>
        <source>Along a cosine over all epochs, the warm-up&apos;s too: it rises to where the cosine is then (SlowFast)</source>
        <translation>Entlang eines Kosinus über alle Epochen, auch die des Anlaufs: Sie steigt bis dahin, wo der Kosinus dann ist (SlowFast)</translation>
    </message>
    <message>
        <source>Any samples of an identity, in their order</source>
        <translation>Beliebige Bilder einer Identität, in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>Channel multiplier (mobilefacenet, resnet50, networks of clips)</source>
        <translation>Faktor der Kanäle (mobilefacenet, resnet50, Netze für Clips)</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Compare edc</source>
        <translation>Vergleich EDC</translation>
    </message>
    <message>
        <source>Compare roc</source>
        <translation>Vergleich ROC</translation>
    </message>
    <message>
        <source>DDL&apos;s light ResNet-18 with 3-D convolutions, for clips, of which it sees 8 frames</source>
        <translation>DDLs leichtes ResNet-18 mit 3-D-Faltungen, für Clips, von denen es 8 Einzelbilder sieht</translation>
    </message>
    <message>
        <source>Enrolled images of each test identity against the rest</source>
        <translation>Eingetragene Bilder jeder Testidentität gegen die übrigen</translation>
    </message>
    <message>
        <source>Euclidean distance of features of length 1</source>
        <translation>Euklidischer Abstand von Merkmalen der Länge 1</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Feature table</source>
        <translation>Merkmalstabelle</translation>
    </message>
    <message>
        <source>Folder or file to read, or synthetic-faces, synthetic-tracklets, synthetic-actions</source>
        <translation>Ordner oder Datei, die gelesen wird, oder synthetic-faces, synthetic-tracklets, synthetic-actions</translation>
    </message>
    <message>
        <source>Fps</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Group size</source>
        <translation>Gruppengröße</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Groups in one batch</source>
        <translation>Gruppen in einem Stapel</translation>
    </message>
    <message>
        <source>Groups of an identity in a batch</source>
        <translation>Gruppen einer Identität in einem Stapel</translation>
    </message>
    <message>
        <source>HMDB-51</source>
        <translation>HMDB-51</translation>
    </message>
    <message>
        <source>HMDB-51: a folder of videos for each action, and testTrainMulti_7030_splits with a list of each action</source>
        <translation>HMDB-51: ein Ordner mit Videos je Handlung, und testTrainMulti_7030_splits mit einer Liste je Handlung</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>Verborgene Einheiten</translation>
    </message>
    <message>
        <source>How a group&apos;s samples become one feature</source>
        <translation>Wie aus den Bildern einer Gruppe ein Merkmal wird</translation>
    </message>
    <message>
        <source>Images of top-k, random-k and uniform-k</source>
        <translation>Bilder von top-k, random-k und uniform-k</translation>
    </message>
    <message>
        <source>Imported set</source>
        <translation>Importierter Satz</translation>
    </message>
    <message>
        <source>Initial weights, groups and degraded copies follow from it</source>
        <translation>Anfangsgewichte, Gruppen und verschlechterte Kopien folgen daraus</translation>
    </message>
    <message>
        <source>Kinetics</source>
        <translation>Kinetics</translation>
    </message>
    <message>
        <source>Kinetics-700 and its kin: train.csv, validate.csv and test.csv (label, youtube_id, time_start, time_end, split), and their videos anywhere in the folder</source>
        <translation>Kinetics-700 und Verwandte: train.csv, validate.csv und test.csv (label, youtube_id, time_start, time_end, split), und ihre Videos irgendwo im Ordner</translation>
    </message>
    <message>
        <source>Length of the CMC; 0: 10, and 20 of templates and tracklets (of those at least 20)</source>
        <translation>Länge der CMC; 0: 10, bei Templates und Tracklets 20 (bei diesen mindestens 20)</translation>
    </message>
    <message>
        <source>Media where some of them have several samples, else identities</source>
        <translation>Medien, wo einige mehrere Bilder haben, sonst Identitäten</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Neighbouring samples of one medium: a tracklet, a video</source>
        <translation>Benachbarte Bilder eines Mediums: eines Tracklets, eines Videos</translation>
    </message>
    <message>
        <source>Networks that train-aggregator made, comma-separated, one of a kind, or their files</source>
        <translation>Netze, die train-aggregator gemacht hat, durch Kommas getrennt, eines jeder Art, oder ihre Dateien</translation>
    </message>
    <message>
        <source>Of a synthetic source: share of images with heavy blur, occlusion, pose or cut, darkness; synthetic-actions: of a video without its action</source>
        <translation>Bei einer künstlichen Quelle: Anteil der Bilder mit starker Unschärfe, Verdeckung, Pose oder Beschnitt, Dunkelheit; synthetic-actions: Anteil eines Videos ohne seine Handlung</translation>
    </message>
    <message>
        <source>Of batch-hard triplets beside the softmax over the identities</source>
        <translation>Der Batch-hard-Tripel neben der Softmax über die Identitäten</translation>
    </message>
    <message>
        <source>Of split, training and random-k</source>
        <translation>Von Aufteilung, Training und random-k</translation>
    </message>
    <message>
        <source>Of test identities, except templates, tracklets and actions</source>
        <translation>Von Testidentitäten, außer bei Templates, Tracklets und Handlungen</translation>
    </message>
    <message>
        <source>Of the aggregator in this project</source>
        <translation>Des Aggregators in diesem Projekt</translation>
    </message>
    <message>
        <source>Of the layer that looks at a sample, or of the recurrent unit; 0: attention by a query alone</source>
        <translation>Der Schicht, die ein Bild ansieht, oder der rekurrenten Einheit; 0: Aufmerksamkeit allein durch eine Anfrage</translation>
    </message>
    <message>
        <source>Passes over the training identities</source>
        <translation>Durchgänge über die Trainingsidentitäten</translation>
    </message>
    <message>
        <source>Per identity</source>
        <translation>Je Identität</translation>
    </message>
    <message>
        <source>R(2+1)D-50 for clips (Tran et al. 2018), as torchvision&apos;s video ResNets</source>
        <translation>R(2+1)D-50 für Clips (Tran u. a. 2018), wie torchvisions Video-ResNets</translation>
    </message>
    <message>
        <source>ResNet-50 with its strides where torchvision has them, for weights from there</source>
        <translation>ResNet-50 mit den Schrittweiten dort, wo torchvision sie hat, für Gewichte von dort</translation>
    </message>
    <message>
        <source>SCface&apos;s mugshots against its cameras, by distance</source>
        <translation>Die Porträts von SCface gegen seine Kameras, nach Entfernung</translation>
    </message>
    <message>
        <source>Samples of a group that is trained on, at most</source>
        <translation>Bilder einer Gruppe, mit der trainiert wird, höchstens</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Share of the identities that choose the epoch; 0: the last one</source>
        <translation>Anteil der Identitäten, die die Epoche wählen; 0: die letzte</translation>
    </message>
    <message>
        <source>Share that is dropped before the last layer (iresnet, resnet50, networks of clips)</source>
        <translation>Anteil, der vor der letzten Schicht wegfällt (iresnet, resnet50, Netze für Clips)</translation>
    </message>
    <message>
        <source>SlowFast-50, 8 x 8, for clips of 32 frames (Feichtenhofer et al. 2019)</source>
        <translation>SlowFast-50, 8 x 8, für Clips von 32 Einzelbildern (Feichtenhofer u. a. 2019)</translation>
    </message>
    <message>
        <source>SlowFast: the authors&apos; own schedule, decay and dropout for batches of 64</source>
        <translation>SlowFast: Lernrate, Gewichtsabnahme und Dropout der Autoren für Stapel von 64</translation>
    </message>
    <message>
        <source>Templates of some protocols searched for among those of others</source>
        <translation>Templates einiger Protokolle, gesucht unter denen anderer</translation>
    </message>
    <message>
        <source>The student&apos;s own identity layer, where the features are its mimic layer</source>
        <translation>Die eigene Identitätsschicht des Schülers, wo die Merkmale seine Nachahmungsschicht sind</translation>
    </message>
    <message>
        <source>Tracklets searched for among those of other cameras, as MARS does: mAP and CMC</source>
        <translation>Tracklets, gesucht unter denen anderer Kameras, wie bei MARS: mAP und CMC</translation>
    </message>
    <message>
        <source>UCCS&apos;s classifier on the features of most photographed subjects</source>
        <translation>Der Klassifikator von UCCS auf den Merkmalen der meistfotografierten Personen</translation>
    </message>
    <message>
        <source>UCF-101</source>
        <translation>UCF-101</translation>
    </message>
    <message>
        <source>UCF-101: a folder of videos for each action, and ucfTrainTestlist with trainlist01.txt and testlist01.txt</source>
        <translation>UCF-101: ein Ordner mit Videos je Handlung, und ucfTrainTestlist mit trainlist01.txt und testlist01.txt</translation>
    </message>
    <message>
        <source>Videos put into the classes that were trained on, by their clips: top-1 and top-5</source>
        <translation>Videos, durch ihre Clips den trainierten Klassen zugeordnet: Top-1 und Top-5</translation>
    </message>
    <message>
        <source>Weights by a query, or a hidden layer, over each sample</source>
        <translation>Gewichte durch eine Anfrage oder eine verborgene Schicht über jedem Bild</translation>
    </message>
    <message>
        <source>What a group is drawn from</source>
        <translation>Woraus eine Gruppe gezogen wird</translation>
    </message>
    <message>
        <source>Xavier&apos;s random weights</source>
        <translation>Zufällige Gewichte nach Xavier</translation>
    </message>
    <message>
        <source>a clip</source>
        <translation>ein Clip</translation>
    </message>
    <message>
        <source>a folder per identity, with its videos inside (mp4, mov, mkv, webm, avi, ...), or one video; frames of them are the images, each video is a template of the protocol videos</source>
        <translation>ein Ordner je Identität mit ihren Videos (mp4, mov, mkv, webm, avi, ...), oder ein einzelnes Video; Einzelbilder daraus sind die Bilder, jedes Video ist ein Template des Protokolls videos</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>ein Video</translation>
    </message>
    <message>
        <source>action</source>
        <translation>Handlung</translation>
    </message>
    <message>
        <source>actions</source>
        <translation>Handlungen</translation>
    </message>
    <message>
        <source>actions: clips of top-k, random-k and uniform-k, comma-separated</source>
        <translation>actions: Clips von top-k, random-k und uniform-k, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>an action</source>
        <translation>eine Handlung</translation>
    </message>
    <message>
        <source>classifying videos</source>
        <translation>Videos werden zugeordnet</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>equal, on k samples at even distances in the template&apos;s order: the middles of k equal parts</source>
        <translation>gleich, auf k Bildern in gleichen Abständen in der Reihenfolge des Templates: die Mitten von k gleichen Teilen</translation>
    </message>
    <message>
        <source>frames of one video, evenly spread over it (all that fps takes)</source>
        <translation>Einzelbilder eines Videos, gleichmäßig darüber verteilt (alle, die fps nimmt)</translation>
    </message>
    <message>
        <source>frames taken from each second of a video (2)</source>
        <translation>Einzelbilder aus jeder Sekunde eines Videos (2)</translation>
    </message>
    <message>
        <source>from the beginning of a clip to that of the next; its length without it</source>
        <translation>vom Anfang eines Clips bis zu dem des nächsten; ohne Angabe seine Länge</translation>
    </message>
    <message>
        <source>iQIYI-VID-FACE: train_gt.txt and val_gt.txt, and each video or a folder of its frames; protocols of the videos (train, val) and of the people (all training frames of each)</source>
        <translation>iQIYI-VID-FACE: train_gt.txt und val_gt.txt, und jedes Video oder ein Ordner seiner Einzelbilder; Protokolle der Videos (train, val) und der Personen (alle Trainingsbilder einer jeden)</translation>
    </message>
    <message>
        <source>length of a clip; 2.13 without it, 64 frames at 30 a second</source>
        <translation>Länge eines Clips; ohne Angabe 2,13, 64 Einzelbilder bei 30 je Sekunde</translation>
    </message>
    <message>
        <source>looking at videos</source>
        <translation>Videos werden angesehen</translation>
    </message>
    <message>
        <source>reading videos</source>
        <translation>Videos werden gelesen</translation>
    </message>
    <message>
        <source>scface: subjects tested; uccs: classes; 0: the benchmark&apos;s own number</source>
        <translation>scface: geprüfte Personen; uccs: Klassen; 0: die Zahl des Benchmarks</translation>
    </message>
    <message>
        <source>search: images of each test identity that are enrolled</source>
        <translation>search: Bilder jeder Testidentität, die eingetragen werden</translation>
    </message>
    <message>
        <source>slowfast</source>
        <translation>slowfast</translation>
    </message>
    <message>
        <source>synthetic-faces: images an identity; synthetic-tracklets: frames a tracklet; synthetic-actions: videos an action</source>
        <translation>synthetic-faces: Bilder je Identität; synthetic-tracklets: Einzelbilder je Tracklet; synthetic-actions: Videos je Handlung</translation>
    </message>
    <message>
        <source>templates, tracklets, actions: DDL keeps images with a score above this</source>
        <translation>templates, tracklets, actions: DDL behält Bilder mit einer Bewertung darüber</translation>
    </message>
    <message>
        <source>templates, tracklets, actions: of the features that one is the mean of</source>
        <translation>templates, tracklets, actions: der Merkmale, deren Mittel eines ist</translation>
    </message>
    <message>
        <source>templates, tracklets, actions: score table, for aggregations that need one</source>
        <translation>templates, tracklets, actions: Bewertungstabelle, für Aggregationen, die eine brauchen</translation>
    </message>
    <message>
        <source>templates, tracklets, actions: trimmed-mean drops this share of a template&apos;s images</source>
        <translation>templates, tracklets, actions: trimmed-mean verwirft diesen Anteil der Bilder eines Templates</translation>
    </message>
    <message>
        <source>templates, tracklets, actions: two-pass-mean drops images whose cosine with the mean is below</source>
        <translation>templates, tracklets, actions: two-pass-mean verwirft Bilder, deren Kosinus mit dem Mittel darunter liegt</translation>
    </message>
    <message>
        <source>templates, tracklets: images of top-k, random-k and uniform-k</source>
        <translation>templates, tracklets: Bilder von top-k, random-k und uniform-k</translation>
    </message>
    <message>
        <source>templates, tracklets: protocols whose templates are enrolled, comma-separated</source>
        <translation>templates, tracklets: Protokolle, deren Templates eingetragen werden, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>templates, tracklets: protocols whose templates are searched for, one for each gallery or one for all; actions: the protocol whose videos are put into classes</source>
        <translation>templates, tracklets: Protokolle, deren Templates gesucht werden, eines je Galerie oder eines für alle; actions: das Protokoll, dessen Videos Klassen zugeordnet werden</translation>
    </message>
    <message>
        <source>templates: DDL weights; tracklets, actions, which are told of all: which one the first numbers are of</source>
        <translation>templates: Gewichte von DDL; tracklets, actions, die von allen berichten: von welcher die ersten Zahlen sind</translation>
    </message>
    <message>
        <source>templates: another score table, which weighs the images that DDL keeps by the scores</source>
        <translation>templates: eine andere Bewertungstabelle, die die Bilder gewichtet, die DDL nach den Bewertungen behält</translation>
    </message>
    <message>
        <source>templates: how images become one feature; tracklets, actions, which are told of all: which one the first numbers are of</source>
        <translation>templates: wie aus Bildern ein Merkmal wird; tracklets, actions, die von allen berichten: von welcher die ersten Zahlen sind</translation>
    </message>
    <message>
        <source>that part alone; all are read without it</source>
        <translation>allein dieser Teil; ohne Angabe werden alle gelesen</translation>
    </message>
    <message>
        <source>that part alone; both are read without it</source>
        <translation>allein dieser Teil; ohne Angabe werden beide gelesen</translation>
    </message>
    <message>
        <source>the architecture&apos;s</source>
        <translation>das der Architektur</translation>
    </message>
    <message>
        <source>the mean of features of length 1, and what a trained aggregator reads in the samples&apos; order; no weighted mean</source>
        <translation>das Mittel von Merkmalen der Länge 1 und was ein trainierter Aggregator aus der Reihenfolge der Bilder liest; kein gewichtetes Mittel</translation>
    </message>
    <message>
        <source>the newest of each kind that was trained on such features</source>
        <translation>der neueste jeder Art, der auf solchen Merkmalen trainiert wurde</translation>
    </message>
    <message>
        <source>the softmax of what a trained aggregator tells of each sample, of features of length 1</source>
        <translation>die Softmax dessen, was ein trainierter Aggregator von jedem Bild sagt, für Merkmale der Länge 1</translation>
    </message>
    <message>
        <source>training the aggregator</source>
        <translation>der Aggregator wird trainiert</translation>
    </message>
    <message>
        <source>uccs: columns of a reduction that starts at random</source>
        <translation>uccs: Spalten einer Reduktion, die zufällig beginnt</translation>
    </message>
    <message>
        <source>uccs: passes over the training images</source>
        <translation>uccs: Durchgänge über die Trainingsbilder</translation>
    </message>
    <message>
        <source>uccs: where the trained reduction starts</source>
        <translation>uccs: wo die trainierte Reduktion beginnt</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>videos, a folder for each identity</source>
        <translation>Videos, ein Ordner je Identität</translation>
    </message>
    <message>
        <source>which of the three; 1 without it</source>
        <translation>welche der drei; ohne Angabe 1</translation>
    </message>
    <message>
        <source>Distil benchmark</source>
        <translation>Benchmark der Schüler</translation>
    </message>
</context>
</TS>
