package dev.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** CPU time as Linux accounts it, in microseconds: user and system, of a process alone or with the children it had. */
final class ProcessCpu {

    private static final long MICROS_PER_TICK = 10_000; // CLK_TCK is 100 on Linux

    private ProcessCpu() {}

    static long of(long pid) throws IOException {
        return ticks(Path.of("/proc", Long.toString(pid), "stat"), false) * MICROS_PER_TICK;
    }

    /** A postmaster with its backends: the living ones by themselves, the gone ones in what it waited for. */
    static long ofFamily(long pid) throws IOException {
        long sum = ticks(Path.of("/proc", Long.toString(pid), "stat"), true);
        for (var child : children(pid)) {
            sum += ticks(child, false);
        }
        return sum * MICROS_PER_TICK;
    }

    private static List<Path> children(long pid) throws IOException {
        var children = new ArrayList<Path>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                var stat = process.resolve("stat");
                if (fields(stat).length > 1 && Long.parseLong(fields(stat)[1]) == pid) {
                    children.add(stat);
                }
            }
        }
        return children;
    }

    private static long ticks(Path stat, boolean withChildren) throws IOException {
        var fields = fields(stat);
        if (fields.length == 0) {
            return 0;
        }
        long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return withChildren ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
    }

    /** What follows the command's name, which may itself hold spaces and brackets. */
    private static String[] fields(Path stat) throws IOException {
        try {
            var line = Files.readString(stat);
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (NoSuchFileException gone) {
            return new String[0];
        }
    }
}
