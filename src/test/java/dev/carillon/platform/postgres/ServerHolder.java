package dev.carillon.platform.postgres;

import java.nio.file.Path;

/** A JVM of its own that uses a data directory's server, and keeps it running when told to, until its standard input ends. */
final class ServerHolder {

    private ServerHolder() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Path.of(arguments[0])));
        if (arguments.length > 1) {
            postgres.keepRunning();
        }
        System.out.println("HOLDING " + postgres.arrival() + " " + postgres.pid());
        System.in.read();
    }
}
