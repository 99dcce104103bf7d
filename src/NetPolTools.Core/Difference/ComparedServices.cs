using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// The Services that a comparison names as destinations, each resolved on either side by itself: a change may lead it to other pods or ports. What a
/// Service leads to on one side only is not reached through it on the other.
/// </summary>
internal sealed class ComparedServices
{
    private readonly ReachabilityMap[] _maps;

    /// <summary>Patterns whose Services lead nowhere on either side, or that name none.</summary>
    private readonly EndpointPattern[] _useless;

    /// <param name="before">One side.</param>
    /// <param name="after">The other.</param>
    /// <param name="ends">The ends of both.</param>
    /// <param name="query">The destinations and ports asked about.</param>
    /// <param name="isAskedOtherwise">By end: whether another pattern names it, so that every port of it counts.</param>
    public ComparedServices(DifferenceSide before, DifferenceSide after, AlignedEnds ends, ConnectionQuery query, bool[] isAskedOtherwise)
    {
        _maps = [before.Map, after.Map];
        Before = new AskedServices(before.Map, ends.Before, query.To, query.AskedPorts, isAskedOtherwise);
        After = new AskedServices(after.Map, ends.After, query.To, query.AskedPorts, isAskedOtherwise);
        Before.RestrictAsWell(After);
        After.RestrictAsWell(Before);
        _useless = [.. query.To.Where(pattern => IsMeant(pattern) && !Leads(pattern, before.Map, Before) && !Leads(pattern, after.Map, After))];
    }

    public AskedServices Before { get; }

    public AskedServices After { get; }

    /// <summary>Patterns that name no Service on either side.</summary>
    public IEnumerable<EndpointPattern> WithoutMatch =>
        _useless.Where(pattern => !Before.LeadingNowhere.Contains(pattern) && !After.LeadingNowhere.Contains(pattern));

    /// <summary>Patterns whose Services lead nowhere on either side.</summary>
    public IEnumerable<EndpointPattern> LeadingNowhere => _useless.Except(WithoutMatch);

    /// <summary>Which of the Services lead nowhere, and why: errors where there is no answer for it.</summary>
    public IEnumerable<Diagnostic> Diagnostics => Before.Diagnostics.Union(After.Diagnostics)
        .Select(diagnostic => LeadingNowhere.Any() ? diagnostic : diagnostic with { Severity = DiagnosticSeverity.Warning })
        .Distinct();

    /// <summary>Outside addresses behind the Services, with the ports they are served on on either side.</summary>
    public IEnumerable<ComparedAddresses> Outside => Before.Outside.Concat(After.Outside).Select(static asked => (asked.Range, asked.Note)).Distinct()
        .Select(asked => new ComparedAddresses(
            AskedAddresses.Everything with { Range = asked.Range, Note = asked.Note }, PortsOf(Before, asked), PortsOf(After, asked)));

    /// <summary>Whether an end is a destination only since a Service leads there, on either side.</summary>
    public bool Restricts(int end) => Before.Restricts(end);

    /// <summary>Whether a pattern means Services: by their name, or by an address that their clients dial.</summary>
    public bool IsMeant(EndpointPattern pattern) => Array.Exists(_maps, map => pattern.ServiceIn(map) is not null);

    /// <summary>Through which Services a source reaches an end, and what of them it does not reach.</summary>
    /// <param name="source">On either side; null for outside addresses.</param>
    /// <param name="end">Its number.</param>
    public IEnumerable<string> NotesOf((EndpointGroup Before, EndpointGroup After)? source, int end)
    {
        if (!Restricts(end))
            return [];
        string[] before = [.. NotesOf(Before, source?.Before, end)];
        string[] after = [.. NotesOf(After, source?.After, end)];
        return
        [
            .. before.Intersect(after),
            .. before.Except(after).Select(static note => "before: " + note),
            .. after.Except(before).Select(static note => "after: " + note),
        ];
    }

    /// <summary>Whether it leads anywhere. An address is that of a Service only where the side has this Service.</summary>
    private static bool Leads(EndpointPattern pattern, ReachabilityMap map, AskedServices side) =>
        pattern.ServiceIn(map) is not null && !side.WithoutMatch.Contains(pattern) && !side.LeadingNowhere.Contains(pattern);

    private static IEnumerable<string> NotesOf(AskedServices side, EndpointGroup? source, int end) =>
        side.NotesOf(end).Concat(source is { Members.Length: > 0 } ? side.PartsOf(source, end) : []);

    private static PortSet PortsOf(AskedServices side, (AddressRange? Range, string? Note) asked) =>
        PortSet.UnionOf([.. side.Outside.Where(other => (other.Range, other.Note) == asked).Select(static other => other.Ports)]);
}

/// <summary>Outside addresses that a comparison asks about.</summary>
/// <param name="Addresses">Which, and what to say about them.</param>
/// <param name="PortsBefore">The ports that count on the one side.</param>
/// <param name="PortsAfter">Those that count on the other.</param>
internal sealed record ComparedAddresses(AskedAddresses Addresses, PortSet PortsBefore, PortSet PortsAfter);
