package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the command for a program that refuses to run as root: unchanged, or for root with a prefix that drops root.
 */
record UnprivilegedCommand(List<String> prefix) {

    /** Root's own user namespace without a mapping: the same user to the kernel, "nobody" to the program. */
    private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U");

    /** Where namespaces are forbidden, as in most containers: "nobody", with the right to reach files below root's directories. */
    static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=65534",
            "--clear-groups",
            // access(2) would otherwise ignore the one capability that is kept
            "--securebits=+no_setuid_fixup",
            "--bounding-set=-all,+dac_override",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override");

    static UnprivilegedCommand forThisUser() {
        return isRoot() ? firstThatWorks(List.of(OWN_NAMESPACE, AS_NOBODY)) : new UnprivilegedCommand(List.of());
    }

    static UnprivilegedCommand firstThatWorks(List<List<String>> prefixes) {
        return prefixes.stream()
                .map(UnprivilegedCommand::new)
                .filter(UnprivilegedCommand::works)
                .findFirst()
                .orElseThrow(() ->
                        new PostgresStartException("PostgreSQL refuses to run as root, and neither `unshare -U` nor "
                                + "`setpriv` works here: run as another user, or set QUARKUS_DATASOURCE_REACTIVE_URL"));
    }

    List<String> of(Path program, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** PostgreSQL wants a user with a name, and not root's. */
    private boolean works() {
        try {
            Process id = new ProcessBuilder(of(Path.of("id"), List.of("-un")))
                    .redirectErrorStream(true)
                    .start();
            String name = new String(id.getInputStream().readAllBytes()).strip();
            return id.waitFor() == 0 && !name.equals("root");
        } catch (IOException e) {
            // the prefix's program is not installed
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresStartException("Interrupted while starting PostgreSQL", e);
        }
    }

    private static boolean isRoot() {
        try {
            Path self = Path.of("/proc/self");
            return Files.exists(self)
                    ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
                    : "root".equals(System.getProperty("user.name"));
        } catch (IOException e) {
            throw new PostgresStartException("Cannot tell which user this is", e);
        }
    }
}
