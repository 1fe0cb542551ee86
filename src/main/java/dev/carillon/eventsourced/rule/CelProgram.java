package dev.carillon.eventsourced.rule;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelRuntime;
import java.util.Map;

/** A compiled expression, with what its {@link Meter} needs to know. */
record CelProgram(CelRuntime.Program program, Outline outline, Map<String, Pattern> patterns) {}
