using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>
/// Collects what there is to know of an answer and decides whether there is one. Every question goes through here, so a rule on when an answer
/// would be wrong or misleading is added once, in this class.
/// </summary>
internal sealed class Findings
{
    private readonly QuestionWords _words;
    private readonly ClusterSnapshot[] _inputs;
    private readonly List<AnswerDiagnostic> _told = [];
    private bool _lacksPart;
    private bool _isDoubtful;

    private Findings(QuestionWords words, ClusterSnapshot[] inputs)
    {
        _words = words;
        _inputs = inputs;
    }

    /// <summary>Whether the question has no answer, so that nothing more needs to be worked out.</summary>
    public bool ArePreventing { get; private set; }

    /// <summary>For a question about whoever is in the inputs: about nobody there is no answer.</summary>
    public static Findings Of(QuestionWords words, params (QuestionPart Part, ClusterSnapshot Snapshot)[] inputs)
    {
        var findings = new Findings(words, [.. inputs.Select(static input => input.Snapshot)]);
        foreach (var (part, snapshot) in inputs)
            findings.CheckInput(part, snapshot);
        foreach (var (_, snapshot) in inputs)
            findings.AddGaps(snapshot);
        return findings;
    }

    /// <summary>The same for a state that is only tried, of which nobody is told what it lacks.</summary>
    public static Findings OfTrial(QuestionWords words, ClusterSnapshot tried)
    {
        var findings = new Findings(words, [tried]);
        findings.CheckInput(QuestionPart.Input, tried);
        return findings;
    }

    /// <summary>For a question that nodes or namespaces alone can answer, too.</summary>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="input">What the question is about.</param>
    /// <param name="isNeeded">Whether there is no answer without any object at all.</param>
    public static Findings OfAny(QuestionWords words, ClusterSnapshot input, bool isNeeded)
    {
        var findings = new Findings(words, [input]);
        if (isNeeded && !input.Objects().Any())
            findings.CheckInput(QuestionPart.Input, input);
        findings.AddGaps(input);
        return findings;
    }

    /// <summary>For a change of an input, which is asked about later: what it lacks is told then.</summary>
    public static Findings OfChanged(QuestionWords words, ClusterSnapshot input)
    {
        var findings = new Findings(words, [input]);
        if (!input.Objects().Any())
            findings.CheckInput(QuestionPart.Input, input);
        return findings;
    }

    /// <summary>What the evaluation has to say. An error means that a part of the question has no answer.</summary>
    public void Add(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Add(diagnostic, null);
    }

    /// <summary>What was found in policies while they were translated, each once. One in error has no effect, and the answer stands without it.</summary>
    public void AddPolicies(params IEnumerable<ReachabilityMap> maps)
    {
        foreach (var diagnostic in maps.SelectMany(static map => map.Stack.Diagnostics).Distinct())
        {
            _told.Add(new AnswerDiagnostic(diagnostic, null));
            _isDoubtful |= diagnostic.Severity == DiagnosticSeverity.Error;
        }
    }

    /// <param name="diagnostic">As for <see cref="Add(IEnumerable{Diagnostic})"/>.</param>
    /// <param name="about">The text of the question it is about.</param>
    public void Add(Diagnostic diagnostic, string? about)
    {
        _told.Add(new AnswerDiagnostic(diagnostic, about));
        _lacksPart |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>What there is to know of an answer that this one is made of: where that is none, this is none.</summary>
    public void AddAnswer<T>(Answer<T> answer)
        where T : class
    {
        foreach (var told in answer.Diagnostics.Where(told => !_told.Exists(known => known.Diagnostic == told.Diagnostic)))
            _told.Add(told);
        ArePreventing |= !answer.IsWhole;
        _isDoubtful |= answer.Status == AnswerStatus.AnsweredWithErrors;
    }

    /// <summary>Names of ports are those of Services; nothing else has any.</summary>
    public void AddPortNames(IReadOnlyList<string> names, IReadOnlyList<EndpointPattern> destinations)
    {
        if (names.Count == 0 || (destinations.Count > 0 && destinations.All(static pattern => pattern.IsService)))
            return;
        Prevent();
        Add(
            new Diagnostic(
                DiagnosticId.InvalidValue,
                DiagnosticSeverity.Error,
                _words.PortName(names[0])),
            names[0]);
    }

    /// <summary>What an input lacks, or holds and is not evaluated; none is told twice.</summary>
    public void AddGaps(ClusterSnapshot snapshot) => Add(snapshot.Gaps.Except(_told.Select(static told => told.Diagnostic)).ToArray());

    /// <summary>A state that a question makes of its inputs, which may hold nobody although each of them holds something.</summary>
    public void AddState(QuestionPart part, ClusterSnapshot snapshot)
    {
        CheckInput(part, snapshot, isWhole: true);
        AddGaps(snapshot);
    }

    /// <summary>The answer may be wrong, for a reason that it gives itself.</summary>
    public void Doubt() => _isDoubtful = true;

    /// <summary>The question has no answer.</summary>
    public void Prevent() => ArePreventing = true;

    /// <summary>Names of the question that match nothing.</summary>
    public void AddUnmatched(QuestionPart part, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var meant = part switch
            {
                QuestionPart.Namespace => NamesMeant.Namespaces(name, _inputs),
                QuestionPart.RemovePolicy => NamesMeant.Policies(name, _inputs),
                _ => NamesMeant.Ends(name, _inputs),
            };
            Add(new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, _words.NoMatch(part, name, meant)), name);
        }
    }

    /// <summary>Patterns for ends of connections. What is left of a filter still answers, and a filter of which nothing is left does not.</summary>
    /// <param name="part">From or To.</param>
    /// <param name="patterns">The filter.</param>
    /// <param name="unmatched">Those that match nothing.</param>
    /// <param name="useless">Those that answer nothing for another reason, which is told elsewhere.</param>
    public void AddUnmatched(QuestionPart part, IReadOnlyCollection<EndpointPattern> patterns, IEnumerable<EndpointPattern> unmatched, int useless = 0)
    {
        string[] names = [.. unmatched.Select(static pattern => pattern.ToString())];
        AddUnmatched(part, names);
        if (patterns.Count > 0 && names.Length + useless == patterns.Count)
            Prevent();
    }

    /// <summary>Patterns for namespaces, of which some may be in none of the inputs.</summary>
    /// <param name="patterns">The filter.</param>
    /// <param name="needed">How many of them have to match something for there to be an answer.</param>
    public void AddUnknownNamespaces(IReadOnlyList<string> patterns, int needed = 1)
    {
        string[] unknown = [.. patterns.Where(pattern => !_inputs.Any(input => input.Namespaces.Any(ns => WildcardNames.Match(pattern, ns.Name))))];
        AddUnmatched(QuestionPart.Namespace, unknown);
        if (patterns.Count - unknown.Length < Math.Min(needed, patterns.Count))
            Prevent();
    }

    /// <summary>The answer, unless something prevents it.</summary>
    /// <param name="answer">Called only where nothing prevents an answer; gives null where there turns out to be none.</param>
    public Answer<T> Give<T>(Func<T?> answer)
        where T : class
    {
        Diagnostic[] ofInputs = [.. _inputs.SelectMany(static input => input.ReadingDiagnostics)];
        var value = ArePreventing ? null : answer();
        var status = value is null ? AnswerStatus.NotAnswered
            : _lacksPart ? AnswerStatus.AnsweredInPart
            : _isDoubtful || ofInputs.Any(IsError) ? AnswerStatus.AnsweredWithErrors
            : AnswerStatus.Answered;
        return new Answer<T>(status, value, _told, ofInputs);
    }

    /// <summary>There is no answer, whatever else could be said.</summary>
    public Answer<T> GiveNone<T>()
        where T : class => Give<T>(static () => null);

    /// <param name="part">Which input it is.</param>
    /// <param name="snapshot">The input.</param>
    /// <param name="isWhole">Whether pods have to be in it, and not only policies to be applied to others.</param>
    private void CheckInput(QuestionPart part, ClusterSnapshot snapshot, bool isWhole = false)
    {
        if (isWhole || part != QuestionPart.Difference ? snapshot.HoldsPods : snapshot.HoldsAnything)
            return;
        Prevent();

        // An error of the reading says why already.
        if (!_inputs.Append(snapshot).SelectMany(static input => input.ReadingDiagnostics).Any(IsError))
            Add(new Diagnostic(DiagnosticId.NoInput, DiagnosticSeverity.Error, _words.NoInput(part, snapshot)), _words.NameOf(part));
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}
