using NetPolTools.Explaining;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.SeenTraffic;
using NetPolTools.Services;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Whether an intent holds, and if not, what is otherwise.</summary>
public sealed class IntentResult
{
    private const int MostShown = 20;

    private readonly ResolvedIntent _found;
    private readonly Explainer _explainer;
    private readonly JudgedIntent? _judged;
    private readonly ReachabilityMap _map;
    private readonly EndNames _names;
    private readonly Lazy<Explanation?> _explanation;
    private readonly Lazy<IReadOnlyList<string>> _lines;
    private readonly Lazy<Repair?> _repair;

    /// <param name="found">The intent.</param>
    /// <param name="judged">What was found; null where there is no answer.</param>
    /// <param name="explainer">Of the map.</param>
    /// <param name="names">Of the map; shared by all results, since it looks at every workload once.</param>
    /// <param name="map">Of the cluster.</param>
    internal IntentResult(ResolvedIntent found, JudgedIntent? judged, Explainer explainer, EndNames names, ReachabilityMap map)
    {
        _found = found;
        _explainer = explainer;
        Intent = found.Intent;
        Problems = [.. found.Problems.Select(static problem => problem.Message)];
        _judged = judged;
        _map = map;
        _names = names;
        _explanation = new Lazy<Explanation?>(() => First is { } first ? explainer.Explain(first.Source, first.Destination, first.Ports) : null);
        _lines = new Lazy<IReadOnlyList<string>>(Lines);
        _repair = new Lazy<Repair?>(() => First is { IsCertain: true } first && Deviating(first) is { } intent ? Repairer?.Invoke(intent) : null);
    }

    public Intent Intent { get; }

    public IntentStatus Status => Seen is { Deviations: [{ IsCertain: true }, ..] } ? IntentStatus.Failed
        : ByPolicies != IntentStatus.Passed ? ByPolicies
        : Seen is { Deviations.Count: > 0 } ? IntentStatus.Undetermined
        : IntentStatus.Passed;

    /// <summary>
    /// How many of the seen connections it is about: of what must be reachable those that came about. Null where no traffic was asked about, or an end was not
    /// found.
    /// </summary>
    public int? SeenCount => Seen?.Count;

    /// <summary>Why an end could not be found; empty where both were.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What seen traffic says of it; null where none was asked about.</summary>
    internal SeenOfIntent? Seen { get; init; }

    private IntentStatus ByPolicies => _judged is null || !_judged.IsAboutSomebody ? IntentStatus.Undetermined : _judged.Status;

    /// <summary>Why there is no answer though all ends were found; null for other reasons.</summary>
    public string? Unknown { get; internal init; }

    /// <summary>What is not as it should be, or may not be, a sentence for each; where they are many, some of them and how many more there are.</summary>
    public IReadOnlyList<string> Deviations => _lines.Value;

    /// <summary>The same, with what came of it before a change.</summary>
    internal IntentResult After(IntentResult before) =>
        new(_found, _judged, _explainer, _names, _map) { Unknown = Unknown, Before = before.Status, Repairer = Repairer, Seen = Seen };

    /// <summary>Which rules decide the first deviation, a sentence for each direction; none where there is no deviation.</summary>
    public IReadOnlyList<string> Reasons => First is { IsCertain: true } first && Explain() is { } explanation ? explanation.Reasons(first.IsAllowed) : [];

    /// <summary>Whether the first deviation is a connection that should be there and is not.</summary>
    internal bool LacksConnection => First is { } first ? !first.IsAllowed : Seen is { Deviations.Count: > 0 } && Intent.Kind == IntentKind.Allowed;

    /// <summary>Of a change, what came of it before; null where none was asked about.</summary>
    public IntentStatus? Before { get; internal init; }

    /// <summary>
    /// The smallest change that mends the first deviation; null where there is none, or none was looked for. Works it out, which costs more than the answer.
    /// </summary>
    public Repair? Repair => _repair.Value;

    /// <summary>Finds a repair; null where none is to be looked for.</summary>
    internal Func<Intent, Repair?>? Repairer { get; set; }

    /// <summary>Which rules of which policies decide the first deviation; null where there is none. Costs more than the answer.</summary>
    public Explanation? Explain() => _explanation.Value;

    /// <summary>The rule that decides the first deviation: the one that allows it, or the one that comes nearest. Unknown where there is none.</summary>
    public SourceLocation DecidingPlace() => First is { } first && Explain() is { } explanation ? explanation.DecidingPlace(first.IsAllowed) : default;

    private Deviation? First => _judged is { Deviations: [var first, ..] } ? first : null;

    /// <summary>What should hold of a deviation's two ends; null where one has a name that no question can have.</summary>
    private Intent? Deviating(Deviation deviation)
    {
        try
        {
            return RepairIntent.Of(
                [EndpointPattern.Parse(NameOf(deviation.Source, Intent.From))],
                [EndpointPattern.Parse(NameOf(deviation.Destination, Intent.To))],
                new AskedPorts(deviation.Ports, []),
                denied: deviation.IsAllowed);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private IReadOnlyList<string> Lines()
    {
        var ofSeen = Seen is null ? [] : Shown(Seen.Deviations, static deviation => deviation.Text);
        return ofSeen.Length == 0 ? OfPolicies() : ByPolicies == IntentStatus.Passed ? ofSeen : [.. OfPolicies(), .. ofSeen];
    }

    private IReadOnlyList<string> OfPolicies()
    {
        if (Unknown is not null)
            return [Unknown];
        if (_judged is null)
            return Problems;
        if (!_judged.IsAboutSomebody)
            return ["It names no two ends that could be connected."];

        // Pods of one workload that policies treat the same have one name.
        Deviation[] named = [.. _judged.Deviations.DistinctBy(found => (NameOf(found.Source, Intent.From), NameOf(found.Destination, Intent.To), found.Ports))];
        return Shown(named, Line, _judged.HasMore);
    }

    /// <summary>Some sentences, and how many more there are.</summary>
    private static string[] Shown<T>(IReadOnlyList<T> all, Func<T, string> line, bool hasMore = false)
    {
        string[] lines = [.. all.Take(MostShown).Select(line)];
        var more = all.Count - lines.Length;
        return hasMore ? [.. lines, $"There are more than {more} others."]
            : more == 0 ? lines
            : [.. lines, more == 1 ? "There is 1 more." : $"There are {more} more."];
    }

    /// <summary>Of addresses that policies treat the same, those that the intent names.</summary>
    private string NameOf(int end, IntentEnd asked)
    {
        EndpointPattern[] named = end < _map.Endpoints.PodCount ? []
            : [.. asked.Patterns.Where(pattern => pattern.Addresses is { } addresses && _map.Endpoints.IndexesOfAddresses(addresses).All(one => one == end))];
        return named is [var only] ? only.ToString() : _names.NameOf(end).Name;
    }

    private string Line(Deviation deviation)
    {
        var (from, to) = (NameOf(deviation.Source, Intent.From), NameOf(deviation.Destination, Intent.To));
        var ports = deviation.Ports.IsAll ? "" : $" on {deviation.Ports}";
        if (!deviation.IsCertain)
        {
            var reasons = string.Join("; ", new UndeterminedReasons(_map).Between(deviation.Source, deviation.Destination, deviation.Ports));
            return $"Whether {from} may reach {to}{ports} cannot be told: {reasons}.";
        }

        return deviation.IsAllowed ? $"{from} may reach {to}{ports}." : $"{from} may not reach {to}{ports}.";
    }

    /// <summary><c>failed: web -> db: TCP 5432 only</c>.</summary>
    public override string ToString() => $"{Status.ToString().ToLowerInvariant()}: {Intent}";
}
