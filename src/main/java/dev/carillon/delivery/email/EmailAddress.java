package dev.carillon.delivery.email;

import java.util.regex.Pattern;

/** What an email address looks like. */
final class EmailAddress {

    /** One address, without a name and without anything that would make two of it; whether the domain exists is not asked here. */
    private static final Pattern ONE = Pattern.compile("[^\\s\\p{Cntrl}@<>(),;:\\\\\"\\[\\]]{1,64}@[^\\s\\p{Cntrl}@<>(),;:\\\\\"\\[\\]]{1,255}");

    private EmailAddress() {
    }

    static boolean isOne(String text) {
        return ONE.matcher(text).matches();
    }
}
