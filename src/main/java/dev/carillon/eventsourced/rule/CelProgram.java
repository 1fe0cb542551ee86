package dev.carillon.eventsourced.rule;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelRuntime;
import java.util.Map;

/** An expression ready to run, with what its {@link Meter} has to know of it. */
record CelProgram(CelRuntime.Program program, Outline outline, Map<String, Pattern> patterns) {}
