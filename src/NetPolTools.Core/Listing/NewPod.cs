using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Listing;

/// <summary>
/// A pod that does not exist yet, as an end of a question: <c>new pod app=web in namespace shop</c>, <c>new pod app=web,tier=front as robot in new namespace
/// team=a</c>. Labels and service account may be left out; a new namespace may have a name before its labels.
/// </summary>
/// <param name="Labels">Of the pod.</param>
/// <param name="Account">The service account that it runs as.</param>
/// <param name="Namespace">Where: one that exists, or a new one by this name; null for a new one that nothing names.</param>
public sealed record NewPod(LabelSet Labels, string Account, string? Namespace)
{
    private const string Expected =
        "expected new pod, labels such as app=web,tier=front, in namespace and its name; or in new namespace, and its name, its labels or both.";

    /// <summary>Whether its namespace is created with it.</summary>
    public bool IsInNewNamespace { get; init; }

    /// <summary>The labels of a namespace that is created with it, beside that of its name.</summary>
    public LabelSet NamespaceLabels { get; init; } = LabelSet.Empty;

    /// <summary>
    /// No object that exists has a name with braces. A namespace to come is known by the label of its name alone: there may be several of one name, with other
    /// labels each.
    /// </summary>
    internal string NamespaceName => IsInNewNamespace ? $"{{new namespace{NamespaceWords}}}" : Namespace!;

    /// <inheritdoc cref="NamespaceName"/>
    internal string PodName => $"{{new pod{Words}}}";

    private string Words => (Labels.Count == 0 ? "" : $" {Labels}") + (Account == PodSpec.DefaultServiceAccount ? "" : $" as {Account}");

    private string NamespaceWords => (Namespace is null ? "" : $" {Namespace}") + (NamespaceLabels.Count == 0 ? "" : $" {NamespaceLabels}");

    /// <summary>Whether a text is meant as one.</summary>
    public static bool LooksLikeOne(string text) => Split(text) is [var first, var second, ..]
        && first.Equals("new", StringComparison.OrdinalIgnoreCase) && second.Equals("pod", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FormatException">It is none; the message says what was expected.</exception>
    public static NewPod Parse(string text)
    {
        var words = new Queue<string>(Split(text).Skip(2));
        var labels = words.TryPeek(out var word) && word.Contains('=') ? LabelsOf(words.Dequeue(), text) : LabelSet.Empty;
        var account = Take("as") ? Next(NameRules.CheckSubdomain) : PodSpec.DefaultServiceAccount;
        if (!Take("in"))
            throw Wrong(text);
        var isNew = Take("new");
        if (!Take("namespace"))
            throw Wrong(text);
        var ns = !isNew || (words.TryPeek(out word) && !word.Contains('=')) ? Next(NameRules.CheckDnsLabel) : null;
        var ofNamespace = isNew && words.Count > 0 ? LabelsOf(words.Dequeue(), text) : LabelSet.Empty;
        if (words.Count > 0)
            throw Wrong(text);
        if (ofNamespace.TryGet(Objects.Namespace.NameLabel, out _))
            throw new FormatException($"'{text}': the API server sets the label {Objects.Namespace.NameLabel} itself; write new namespace and the name.");
        return new NewPod(labels, account, ns) { IsInNewNamespace = isNew, NamespaceLabels = ofNamespace };

        bool Take(string expected) => words.TryPeek(out var next) && next.Equals(expected, StringComparison.OrdinalIgnoreCase) && words.TryDequeue(out _);

        string Next(Func<string, string?> check)
        {
            if (!words.TryDequeue(out var name))
                throw Wrong(text);
            return check(name) is { } wrong ? throw new FormatException($"'{name}' in '{text}' is no name: it {wrong}.") : name;
        }
    }

    /// <summary>As a question can name it.</summary>
    public override string ToString() => IsInNewNamespace
        ? $"new pod{Words} in new namespace{NamespaceWords}"
        : $"new pod{Words} in namespace {Namespace}";

    internal bool Matches(Endpoint endpoint) => endpoint.Namespace == NamespaceName && endpoint.PodName == PodName;

    /// <summary>
    /// The pod. It has no address yet, and may call any port of its any name.
    /// </summary>
    /// <param name="spec">Of such a pod that runs as the default service account.</param>
    internal Pod ToPod(PodSpec spec) => new(new ObjectMetadata { Name = PodName, Namespace = NamespaceName, Labels = Labels })
    {
        Spec = Account == PodSpec.DefaultServiceAccount ? spec : spec with { ServiceAccount = Account },
    };

    internal Namespace ToNamespace() =>
        new(new ObjectMetadata { Name = NamespaceName, Labels = NamespaceLabels.With(Objects.Namespace.NameLabel, Namespace ?? NamespaceName) });

    private static LabelSet LabelsOf(string text, string whole)
    {
        var labels = new Dictionary<string, string>();
        foreach (var label in text.Split(','))
        {
            var equals = label.IndexOf('=');
            if (equals < 0 || NameRules.CheckLabelKey(label[..equals]) is not null || NameRules.CheckLabelValue(label[(equals + 1)..]) is not null)
                throw new FormatException($"'{label}' in '{whole}' is no label; expected key=value.");
            if (!labels.TryAdd(label[..equals], label[(equals + 1)..]))
                throw new FormatException($"The label {label[..equals]} stands twice in '{whole}'.");
        }

        return LabelSet.Create(labels);
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static FormatException Wrong(string text) => new($"'{text}' names no new pod; {Expected}");
}
