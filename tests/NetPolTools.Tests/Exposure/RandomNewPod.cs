using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Exposure;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;

namespace NetPolTools.Tests.Exposure;

/// <summary>A pod that somebody creates in a cluster, with its namespace and service account where these are new.</summary>
/// <param name="Namespace">Where; with its labels where it is new.</param>
/// <param name="IsNew">Whether the namespace is created with it.</param>
/// <param name="Labels">Of the pod.</param>
/// <param name="Account">That it runs as.</param>
/// <param name="AccountLabels">Of the account.</param>
/// <param name="IsNewAccount">Whether the account is created with it.</param>
internal sealed partial record RandomNewPod(Namespace Namespace, bool IsNew, LabelSet Labels, string Account, LabelSet AccountLabels, bool IsNewAccount)
{
    public const string Name = "created";

    private const string NewAccount = "somebody";

    public static Gen<RandomNewPod> Generator(ClusterSnapshot snapshot, string newNamespace) =>
        from ns in Gen.Frequency((2, Existing(snapshot)), (1, New(newNamespace)))
        from labels in RandomClusterGenerator.Labels(["app", "tier"], ["a", "b", "", "c"])
        let accounts = snapshot.ServiceAccounts.Where(found => found.Metadata.Namespace == ns.Name).ToDictionary(static found => found.Name)

        // Of an account that the input does not hold nobody knows the labels, unless it is created or the one that every namespace has.
        from account in Gen.Elements<string>([PodSpec.DefaultServiceAccount, NewAccount, .. accounts.Keys])
        from accountLabels in RandomClusterGenerator.Labels(["role"], ["a", "b", "c"])
        select new RandomNewPod(
            ns,
            ns.Name == newNamespace,
            labels,
            account,
            accounts.GetValueOrDefault(account)?.Metadata.Labels ?? (account == NewAccount ? accountLabels : LabelSet.Empty),
            account == NewAccount);

    public IEnumerable<KubernetesObject> Objects()
    {
        if (IsNew)
            yield return Namespace;
        if (IsNewAccount)
            yield return new ServiceAccount(new ObjectMetadata { Name = Account, Namespace = Namespace.Name, Labels = AccountLabels });

        // Its ports have every name, as somebody may give them.
        yield return new Pod(new ObjectMetadata { Name = Name, Namespace = Namespace.Name, Labels = Labels })
        {
            Spec = new PodSpec { ServiceAccount = Account, NamesAnyPort = true },
        };
    }

    /// <summary>Whether a line means it, read from the line's own words.</summary>
    public bool IsMeantBy(ExposureLine line)
    {
        if (line.Addresses is not null || !Matches(line.PodSelector, OfPod()))
            return false;
        return line.Grade is ExposureGrade.NamedNamespaces or ExposureGrade.OwnNamespace
            ? line.Namespaces.Contains(Namespace.Name)
            : !line.Except.Contains(Namespace.Name) && Matches(line.NamespaceSelector, Namespace.Metadata.Labels.With(Namespace.NameLabel, Namespace.Name));
    }

    private static Gen<Namespace> Existing(ClusterSnapshot snapshot) => Gen.Elements<Namespace>([.. snapshot.Namespaces]);

    private static Gen<Namespace> New(string name) =>
        from labels in RandomClusterGenerator.Labels(["team", "env"], ["red", "blue", "", "green"])
        select new Namespace(new ObjectMetadata { Name = name, Labels = labels.With(Namespace.NameLabel, name) });

    /// <summary>Whether a line tells some labels by an example alone, so that its words do not say of each label whether it is meant.</summary>
    public static bool IsByExample(ExposureLine line) => ExampleWord().IsMatch(line.PodSelector) || ExampleWord().IsMatch(line.NamespaceSelector);

    [GeneratedRegex(" (un)?like ")]
    private static partial Regex ExampleWord();

    private static bool Matches(string selector, LabelSet labels) => selector.Length == 0 || selector.Split(" or ").Any(way =>
    {
        var text = way.Replace("service account label ", "account.label/").Replace("service account", "account.name");
        var tests = PartTest().Matches(text);
        return tests.All(test => Holds(test, labels) != test.Groups["not"].Success)
            && (PartTest().Replace(text, "").TrimEnd(',') is not { Length: > 0 } rest || LabelSelectorText.Parse(rest).Matches(labels));
    });

    private static bool Holds(System.Text.RegularExpressions.Match test, LabelSet labels)
    {
        var part = test.Groups["part"].Value;
        return labels.TryGet(test.Groups["key"].Value, out var value) && test.Groups["test"].Value switch
        {
            "starts with" => value.StartsWith(part, StringComparison.Ordinal),
            "ends with" => value.EndsWith(part, StringComparison.Ordinal),
            _ => value.Contains(part, StringComparison.Ordinal),
        };
    }

    [GeneratedRegex(@"(?<not>not \()?(?<key>[\w./-]+) (?<test>starts with|ends with|contains) '(?<part>[^']*)'\)?,?")]
    private static partial Regex PartTest();

    private LabelSet OfPod() => LabelSet.Create(
    [
        .. Labels,
        new("account.name", Account),
        .. AccountLabels.Select(static label => KeyValuePair.Create($"account.label/{label.Key}", label.Value)),
    ]);
}
