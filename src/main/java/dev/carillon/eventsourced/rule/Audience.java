package dev.carillon.eventsourced.rule;

import java.util.List;

/** The audience of a rule for one event. The caller loads the customers. */
public sealed interface Audience {

    /**
     * False if this customer is certainly not in the audience. Only the caller knows who is in a cart, wishlist or
     * segment.
     */
    default boolean mayInclude(String customerId) {
        return true;
    }

    /** The audience in a few words, naming no customer. */
    String inWords();

    /** The customer the event is about. */
    record Subject(String customerId) implements Audience {
        @Override
        public boolean mayInclude(String customerId) {
            return this.customerId.equals(customerId);
        }

        @Override
        public String inWords() {
            return "the subject of the event";
        }
    }

    /** Everyone with the product in the cart. */
    record Cart(String productId) implements Audience {
        @Override
        public String inWords() {
            return "customers with product " + productId + " in their cart";
        }
    }

    /** Everyone with the product on the wishlist. */
    record Wishlist(String productId) implements Audience {
        @Override
        public String inWords() {
            return "customers with product " + productId + " on their wishlist";
        }
    }

    /** Everyone in the segment. */
    record Segment(String name) implements Audience {
        @Override
        public String inWords() {
            return "customers in segment " + name;
        }
    }

    /** Exactly these customers. */
    record Customers(List<String> customerIds) implements Audience {
        public Customers {
            customerIds = List.copyOf(customerIds);
        }

        @Override
        public boolean mayInclude(String customerId) {
            return customerIds.contains(customerId);
        }

        @Override
        public String inWords() {
            return "the " + customerIds.size() + " customers the rule lists";
        }
    }

    /** No one, because the event lacks what the rule needs to find the audience. */
    record Nobody(String because) implements Audience {
        @Override
        public boolean mayInclude(String customerId) {
            return false;
        }

        @Override
        public String inWords() {
            return "nobody: " + because;
        }
    }
}
