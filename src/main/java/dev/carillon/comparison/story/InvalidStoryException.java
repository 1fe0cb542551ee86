package dev.carillon.comparison.story;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario file that cannot be used: everything that is wrong with it, with its place. */
public final class InvalidStoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<StoryProblem> problems;

    /**
     * One error.
     *
     * @param pointer a JSON pointer to the field
     * @param line    1-based, as the column
     */
    public record StoryProblem(String file, String pointer, int line, int column, String message) {

        @Override
        public String toString() {
            return file + ":" + line + ":" + column + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + message;
        }
    }

    InvalidStoryException(List<StoryProblem> problems) {
        super(problems.stream().map(StoryProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the file. */
    public List<StoryProblem> problems() {
        return problems;
    }
}
