package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider's codes for its refusals that say more than the status.
 *
 * @param aboutUs           our account or credentials, or how we call: the next message would get them too
 * @param aboutTheRecipient this recipient alone
 * @param blocks            why nothing more should go to the address
 */
public record ErrorCodes(Set<String> aboutUs, Set<String> aboutTheRecipient, Map<String, Block> blocks) {

    static final ErrorCodes NONE = new ErrorCodes(Set.of(), Set.of(), Map.of());

    Optional<Fault> fault(String code) {
        return aboutUs.contains(code)
                ? Optional.of(Fault.PROVIDER)
                : aboutTheRecipient.contains(code) || blocks.containsKey(code)
                        ? Optional.of(Fault.MESSAGE)
                        : Optional.empty();
    }

    Optional<Block> block(String code) {
        return Optional.ofNullable(blocks.get(code));
    }
}
