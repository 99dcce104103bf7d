using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>Tells which of the traffic asked for is left out since no selector can mean just its ends, and what they cannot be told from.</summary>
internal sealed class UnselectableTraffic(AskedTraffic asked, AllowedTraffic allowed, TrafficNodes nodes, TrafficAtoms atoms)
{
    /// <summary>Ends that no selector picks at all.</summary>
    /// <param name="traffic">What matters of it.</param>
    public static IEnumerable<Diagnostic> Ends(IReadOnlyList<Traffic> traffic) => traffic
        .SelectMany(static line => new[] { (End: line.Source, Line: line), (End: line.Destination, Line: line) })
        .Where(static entry => entry.End.NotSelectable is not null)
        .GroupBy(static entry => entry.End)
        .Select(static end => Tell(
            end.Key.ToString(), end.Key.NotSelectable!, [.. end.Select(static entry => entry.Line.ToString()).Distinct()], ReferenceOf(end.Key)));

    /// <summary>Pods that have the very labels of others of which less is asked.</summary>
    public IEnumerable<Diagnostic> Twins()
    {
        var missing = new Dictionary<(string Name, string Twin, string Labels), List<string>>();
        foreach (var ((source, destination), ports) in asked.Pairs)
        {
            if (ports.Except(allowed.Between(asked.NodeOf(source), asked.NodeOf(destination))).IsEmpty)
                continue;
            var (item, twin) = Culprit(source, destination, ports);
            Note(missing, item, twin, $"{NameOf(source)} -> {NameOf(destination)} on {ports}");
        }

        foreach (var outgoing in new[] { true, false })
        {
            foreach (var item in asked.WithAddresses(outgoing))
            {
                var wanted = asked.WithAddresses(item, outgoing);
                var node = asked.NodeOf(item);
                if (wanted.Intersect(allowed.AddressesOf(node, outgoing)).Equals(wanted))
                    continue;
                var twin = asked.ItemsOf(node).First(other => !asked.WithAddresses(other, outgoing).Intersect(wanted).Equals(wanted));
                Note(missing, item, twin, outgoing ? $"{NameOf(item)} -> addresses outside" : $"addresses outside -> {NameOf(item)}");
            }
        }

        return missing.Select(static entry => Tell(
            entry.Key.Name,
            $"it has the same labels as {entry.Key.Twin}{entry.Key.Labels}, of which less is asked, and no selector tells them apart; "
                + "give it a label of its own",
            entry.Value,
            null));
    }

    private void Note(Dictionary<(string Name, string Twin, string Labels), List<string>> missing, int item, int twin, string line)
    {
        var labels = nodes.LabelsOf(asked.NodeOf(item));
        var key = (NameOf(item), NameOf(twin), labels.Length > 0 ? $" ({labels})" : " (none)");
        if (!missing.TryGetValue(key, out var lines))
            missing.Add(key, lines = []);
        lines.Add(line);
    }

    /// <summary>The end that stands in the way, and who shares its labels.</summary>
    private (int Item, int Twin) Culprit(int source, int destination, PortSet ports)
    {
        foreach (var from in asked.ItemsOf(asked.NodeOf(source)))
        {
            foreach (var to in asked.ItemsOf(asked.NodeOf(destination)))
            {
                if (ports.Except(asked.Between(from, to)).IsEmpty || (from == to && atoms.IsOnePod(from)))
                    continue;
                return from != source ? (source, from) : (destination, to);
            }
        }

        throw new InvalidOperationException($"{NameOf(source)} -> {NameOf(destination)} is left out for no reason.");
    }

    private string NameOf(int item) => item < atoms.Count ? atoms.NameOf(item) : $"{nodes.NamespaceOf(asked.NodeOf(item))}[{Namespace.KindName}]";

    private static ObjectReference? ReferenceOf(TrafficEnd end) =>
        end.Name is { Kind: { } kind, Name: { } name, Namespace: { Length: > 0 } ns } ? new ObjectReference(kind, ns, name) : null;

    private static Diagnostic Tell(string name, string why, List<string> lines, ObjectReference? about) => new(
        DiagnosticId.Unselectable,
        DiagnosticSeverity.Error,
        $"{name} cannot be selected: {why}. Left out: {lines[0]}{(lines.Count > 1 ? $", and {lines.Count - 1} more" : "")}.")
    {
        Object = about,
    };
}
