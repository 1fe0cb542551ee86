package dev.carillon.platform.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs initdb and pg_ctl for one data directory. */
record PgPrograms(PostgresBinaries binaries, UnprivilegedCommand unprivileged, ServerFiles files) {

    /** Crash recovery of a few GB of WAL takes its time. */
    private static final String START_SECONDS = "300";

    private static final String STOP_SECONDS = "30";

    /** A program's exit code, and its and the server's output. */
    record ProgramResult(int exitCode, String said) {

        boolean worked() {
            return exitCode == 0;
        }

        /** Which passes by itself: the old postmaster is not yet gone, or its memory is not. */
        boolean predecessorLingers() {
            return said.contains("already exists") || said.contains("still in use");
        }

        boolean portIsTaken() {
            return said.contains("could not bind");
        }
    }

    /** @param durable whether to wait until all of it is on the disk, for seconds on a slow one */
    ProgramResult initdb(Path into, boolean durable) {
        return run(
                "initdb",
                List.of(
                        "--pgdata",
                        into.toString(),
                        "--username",
                        ServerFiles.SUPERUSER,
                        "--pwfile",
                        files.password().toString(),
                        "--auth",
                        "scram-sha-256",
                        // the password is 24 random bytes: many rounds would only delay us, at each connection
                        "--set=scram_iterations=1",
                        "--encoding",
                        "UTF8",
                        "--no-locale",
                        durable ? "--sync-method=fsync" : "--no-sync"));
    }

    ProgramResult start(Map<String, String> serverSettings) {
        String options = serverSettings.entrySet().stream()
                .map(setting -> "-c " + quoted(setting.getKey() + "=" + setting.getValue()))
                .sorted()
                .collect(Collectors.joining(" "));
        return run(
                "pg_ctl",
                List.of(
                        "-D",
                        files.data().toString(),
                        "-l",
                        files.log().toString(),
                        "-o",
                        options,
                        "-w",
                        "-t",
                        START_SECONDS,
                        "start"));
    }

    /** A fast shutdown: open transactions roll back, a checkpoint is written. */
    ProgramResult stop() {
        return run("pg_ctl", List.of("-D", files.data().toString(), "-m", "fast", "-w", "-t", STOP_SECONDS, "stop"));
    }

    private ProgramResult run(String program, List<String> arguments) {
        try {
            long logged = Files.exists(files.log()) ? Files.size(files.log()) : 0;
            // a file, not a pipe: the server inherits what pg_ctl has and would hold the pipe open for ever
            Path output = Files.createTempFile("carillon-" + program, ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(unprivileged.of(binaries.program(program), arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
                builder.environment().put("LC_ALL", "C");
                int exitCode = builder.start().waitFor();
                return new ProgramResult(exitCode, Files.readString(output) + logSince(logged));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new PostgresStartException("Cannot run PostgreSQL's " + program + " in " + binaries.home(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresStartException("Interrupted while running PostgreSQL's " + program, e);
        }
    }

    private String logSince(long position) throws IOException {
        if (!Files.exists(files.log())) {
            return "";
        }
        try (var log = new RandomAccessFile(files.log().toFile(), "r")) {
            log.seek(Math.min(position, log.length()));
            byte[] news = new byte[(int) Math.min(log.length() - log.getFilePointer(), 8_192)];
            log.readFully(news);
            return new String(news, StandardCharsets.UTF_8);
        }
    }

    /** pg_ctl hands its options to a shell. */
    private static String quoted(String setting) {
        if (setting.contains("'") || setting.contains("\"")) {
            throw new PostgresStartException("A PostgreSQL setting cannot contain quotes: " + setting);
        }
        return '"' + setting + '"';
    }
}
