package dev.carillon.notification.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An immutable snapshot of all types and their texts.
 *
 * @param types in alphabetical order
 */
record Library(Map<String, TypeFolder> folders, List<NotificationType> types) {

    static Library of(Collection<TypeFolder> folders) {
        Map<String, TypeFolder> byName = new TreeMap<>();
        folders.forEach(folder -> byName.put(folder.type().name(), folder));
        return new Library(
                Map.copyOf(byName),
                byName.values().stream().map(TypeFolder::type).toList());
    }

    /** Type → the version of its texts. */
    Map<String, String> versions() {
        return folders.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, folder -> folder.getValue().version()));
    }

    /** A copy with these types added or replaced. */
    Library with(Collection<TypeFolder> others) {
        Map<String, TypeFolder> byName = new TreeMap<>(folders);
        others.forEach(folder -> byName.put(folder.type().name(), folder));
        return of(byName.values());
    }
}
