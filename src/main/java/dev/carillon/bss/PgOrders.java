package dev.carillon.bss;

import static dev.carillon.platform.sql.PgArrays.texts;

import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The SQL of orders and payments. */
@ApplicationScoped
public class PgOrders {

    private static final String PUT = """
            insert into bss_order (tenant, id, customer_id, status, created_at) values ($1, $2, $3, $4, $5) on conflict (tenant, id) do nothing
            """;

    private static final String PUT_LINES = """
            insert into bss_order_line (tenant, order_id, id, product_id, quantity, status)
            select $1, $2, * from unnest($3::text[], $4::text[], $5::integer[], $6::text[]) on conflict do nothing
            """;

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
        var connection = PgTx.connection(tx);
        var lines = order.lines();
        return connection
                .preparedQuery(PUT)
                .execute(
                        Tuple.of(tenant, order.id(), order.customerId(), order.status(), PgTimes.at(order.createdAt())))
                .chain(() -> connection
                        .preparedQuery(PUT_LINES)
                        .execute(Tuple.tuple()
                                .addString(tenant)
                                .addString(order.id())
                                .addArrayOfString(texts(lines, Order.Line::id))
                                .addArrayOfString(texts(lines, Order.Line::productId))
                                .addArrayOfInteger(
                                        lines.stream().map(Order.Line::quantity).toArray(Integer[]::new))
                                .addArrayOfString(texts(lines, Order.Line::status))))
                .replaceWithVoid();
    }

    /** @return the order, held until the transaction ends; fails with {@link UnknownRecord} */
    public Uni<Order> hold(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(LOCK)
                .execute(Tuple.of(tenant, id))
                .chain(() -> find(tx, tenant, id));
    }

    /** @return the order; fails with {@link UnknownRecord} */
    public Uni<Order> find(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant, id))
                .map(rows -> {
                    Row first = null;
                    var lines = new ArrayList<Order.Line>();
                    for (var row : rows) {
                        first = row;
                        if (row.getString("line_id") != null) {
                            lines.add(new Order.Line(
                                    row.getString("line_id"),
                                    row.getString("product_id"),
                                    row.getString("product_name"),
                                    row.getBigDecimal("price"),
                                    row.getInteger("quantity"),
                                    row.getString("line_status")));
                        }
                    }
                    return order(first, lines, id);
                });
    }

    public Uni<Void> status(Tx tx, String tenant, String id, String status) {
        return PgTx.connection(tx)
                .preparedQuery(STATUS)
                .execute(Tuple.of(tenant, id, status))
                .replaceWithVoid();
    }

    public Uni<Void> lineStatus(Tx tx, String tenant, String orderId, String lineId, String status) {
        return PgTx.connection(tx)
                .preparedQuery(LINE_STATUS)
                .execute(Tuple.of(tenant, orderId, lineId, status))
                .replaceWithVoid();
    }

    public Uni<Void> put(Tx tx, String tenant, Payment payment) {
        return PgTx.connection(tx)
                .preparedQuery(PUT_PAYMENT)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addString(payment.id())
                        .addString(payment.orderId())
                        .addString(payment.customerId())
                        .addBigDecimal(payment.amount())
                        .addString(payment.currency())
                        .addString(payment.status())
                        .addString(payment.failureReason())
                        .addInteger(payment.attempts()))
                .replaceWithVoid();
    }

    private static Order order(Row row, List<Order.Line> lines, String id) {
        if (row == null) {
            throw new UnknownRecord("order", id);
        }
        return new Order(
                row.getString("id"),
                row.getString("customer_id"),
                row.getString("status"),
                row.getOffsetDateTime("created_at").toInstant(),
                lines);
    }
}
