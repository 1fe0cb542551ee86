package dev.carillon.notification.publishing;

import dev.carillon.notification.template.BrokenByLayout;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Turns errors in texts into problem answers, with file, line and column. */
final class TemplateProblems {

    private TemplateProblems() {}

    static ProblemException of(String type, InvalidTemplateException broken) {
        var prefix = type + "/";
        var own = broken.path().startsWith(prefix);
        return new ProblemException(Problem.invalid(List.of(
                own
                        ? new FieldError(
                                broken.detail(),
                                "/files" + Pointers.step(broken.path().substring(prefix.length())),
                                broken.line(),
                                broken.column())
                        : new FieldError(
                                "with " + broken.path() + ": " + broken.detail(),
                                "/files",
                                broken.line(),
                                broken.column()))));
    }

    /** A layout that cannot be used, because these types could not be rendered any more. */
    static Problem brokenBy(String layout, List<BrokenByLayout> broken) {
        return Problem.of(
                        ProblemType.CONFLICT,
                        "The layout " + layout + " would break "
                                + broken.stream().map(BrokenByLayout::type).collect(Collectors.joining(", ")))
                .withErrors(broken.stream()
                        .map(one -> new FieldError(
                                one.type() + " with " + one.why().path() + ": "
                                        + one.why().detail(),
                                "",
                                one.why().line(),
                                one.why().column()))
                        .toList());
    }

    static ProblemException notDoneWithin(Duration time, String pointer) {
        return new ProblemException(Problem.invalid(
                pointer,
                "could not be checked within " + time.toSeconds() + " s; it is too large, or renders too much"));
    }

    static ProblemException unknown(String type) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no notification type " + type);
    }
}
