package dev.carillon.bss;

import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** The SQL of orders and payments. */
@ApplicationScoped
public class PgOrders {

    private static final String PUT = """
            insert into bss_order (tenant, id, customer_id, status, created_at) values ($1, $2, $3, $4, $5) on conflict (tenant, id) do nothing
            """;

    private static final PgColumns<Order.Line> LINES = PgColumns.<Order.Line>of()
            .text("id", Order.Line::id)
            .text("product_id", Order.Line::productId)
            .integer("quantity", Order.Line::quantity)
            .text("status", Order.Line::status)
            .after(2);

    private static final String PUT_LINES = """
            insert into bss_order_line (tenant, order_id, %s) select $1, $2, * from %s on conflict do nothing
            """.formatted(LINES.names(), LINES.unnest("t"));

    /** Holds the order until the transaction ends: of two lines that ship at once, the second sees the first. */
    private static final String LOCK = "select id from bss_order where tenant = $1 and id = $2 for update";

    private static final String FIND = """
            select o.id, o.customer_id, o.status, o.created_at, l.id as line_id, l.product_id, p.name as product_name, p.price, l.quantity, l.status as line_status
            from bss_order o
            left join bss_order_line l on l.tenant = o.tenant and l.order_id = o.id
            left join bss_product p on p.tenant = o.tenant and p.id = l.product_id
            where o.tenant = $1 and o.id = $2 order by l.id
            """;

    private static final String STATUS = "update bss_order set status = $3 where tenant = $1 and id = $2";

    private static final String LINE_STATUS =
            "update bss_order_line set status = $4 where tenant = $1 and order_id = $2 and id = $3";

    private static final String PUT_PAYMENT = """
            insert into bss_payment (tenant, id, order_id, customer_id, amount, currency, status, failure_reason, attempts)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (tenant, id) do update set status = excluded.status, failure_reason = excluded.failure_reason, attempts = excluded.attempts
            """;

    public Uni<Void> put(Tx tx, String tenant, Order order) {
        return PgRows.of(tx, PUT, tenant, order.id(), order.customerId(), order.status(), order.createdAt())
                .done()
                .chain(() -> PgRows.of(tx, PUT_LINES, LINES.of(order.lines(), tenant, order.id()))
                        .done());
    }

    /** @return the order, held until the transaction ends; fails with {@link UnknownRecord} */
    public Uni<Order> hold(Tx tx, String tenant, String id) {
        return PgRows.of(tx, LOCK, tenant, id).done().chain(() -> find(tx, tenant, id));
    }

    /** @return the order; fails with {@link UnknownRecord} */
    public Uni<Order> find(Tx tx, String tenant, String id) {
        return PgRows.of(tx, FIND, tenant, id).rows().map(rows -> {
            if (rows.isEmpty()) {
                throw new UnknownRecord("order", id);
            }
            var order = rows.get(0);
            return new Order(
                    order.getString("id"),
                    order.getString("customer_id"),
                    order.getString("status"),
                    PgTimes.instant(order, "created_at"),
                    rows.stream()
                            .filter(row -> row.getString("line_id") != null)
                            .map(PgOrders::line)
                            .toList());
        });
    }

    public Uni<Void> status(Tx tx, String tenant, String id, String status) {
        return PgRows.of(tx, STATUS, tenant, id, status).done();
    }

    public Uni<Void> lineStatus(Tx tx, String tenant, String orderId, String lineId, String status) {
        return PgRows.of(tx, LINE_STATUS, tenant, orderId, lineId, status).done();
    }

    public Uni<Void> put(Tx tx, String tenant, Payment payment) {
        return PgRows.of(
                        tx,
                        PUT_PAYMENT,
                        tenant,
                        payment.id(),
                        payment.orderId(),
                        payment.customerId(),
                        payment.amount(),
                        payment.currency(),
                        payment.status(),
                        payment.failureReason(),
                        payment.attempts())
                .done();
    }

    private static Order.Line line(Row row) {
        return new Order.Line(
                row.getString("line_id"),
                row.getString("product_id"),
                row.getString("product_name"),
                row.getBigDecimal("price"),
                row.getInteger("quantity"),
                row.getString("line_status"));
    }
}
