package dev.carillon.bench;

/** One kind of work. */
interface Shape {

    /** What it is called in the table; begins with its letter and number. */
    String title();

    Measurement on(Contender contender) throws Exception;

    /** @param remark what else was seen, or nothing */
    record Measurement(Cost cost, String remark) {

        static Measurement of(Cost cost) {
            return new Measurement(cost, "");
        }
    }
}
