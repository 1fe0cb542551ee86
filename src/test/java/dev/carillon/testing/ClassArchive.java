package dev.carillon.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The classes of the packaged service as the JVM holds them, written once for a whole run of tests, so that services that tests start read
 * them instead of parsing and verifying them again: a quarter of a start. Made while JUnit still looks for tests and one
 * core has nothing to do; what starts before it is there starts without it. A JVM that the archive does not fit ignores it.
 */
public final class ClassArchive implements LauncherSessionListener {

    /** Where to write it; none is made where this is not set. */
    private static final String SETTING = "packaged.class-archive";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var archive = System.getProperty(SETTING, "");
        if (!archive.isBlank() && Files.exists(PackagedService.JAR)) {
            var maker = new Thread(() -> make(Path.of(archive)), "class-archive");
            maker.setDaemon(true);
            maker.start();
        }
    }

    /** Options of a JVM that runs the packaged service: none while there is no archive. */
    static List<String> options() {
        var archive = Path.of(System.getProperty(SETTING, ""));
        return Files.isRegularFile(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private static void make(Path archive) {
        try {
            Files.deleteIfExists(archive); // of an earlier build
            Path place = Files.createTempDirectory(archive.toAbsolutePath().getParent(), "class-archive-");
            Path unfinished = place.resolve("classes.jsa");
            var service = PackagedService.launchToArchive(place, unfinished);
            Runtime.getRuntime().addShutdownHook(new Thread(service::abandon));
            service.awaitStarted().terminateAndArchive();
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            delete(place);
        } catch (IOException e) {
            throw new IllegalStateException("no class archive", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        var all = new ArrayList<Path>();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (var file : all) {
            Files.delete(file);
        }
    }
}
