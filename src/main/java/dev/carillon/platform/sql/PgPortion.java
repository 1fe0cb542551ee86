package dev.carillon.platform.sql;

/** The SQL of "as many as fit in so many bytes": the first rows in an order, at least one. Of the others only the size is read. */
public final class PgPortion {

    private PgPortion() {}

    /**
     * The size of all rows before this one.
     *
     * @param window {@code (order by …)}, or the name of a window
     */
    public static String before(String size, String window) {
        return "sum(%1$s) over %2$s - %1$s".formatted(size, window);
    }

    /**
     * The statement that reads a portion.
     *
     * @param columns of the rows {@code e} that {@code select} finds, and {@code e.found}: how many they are
     */
    public static String of(String columns, String select, String size, String order, String bytes) {
        return "select " + columns + " from (select e.*, " + before(size, "(order by " + order + ")")
                + " as before, count(*) over () as found from (" + select + ") e) e where e.before < " + bytes
                + " order by " + order;
    }
}
