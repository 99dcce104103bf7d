using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Tests.Policies;

/// <summary>Conditions are the same where all they say is the same: one that is looked up by another's answer would be answered wrongly.</summary>
public sealed class LabelPredicateComparerTests
{
    private static readonly ImmutableArray<Func<LabelPredicate>> Different =
    [
        static () => LabelPredicate.Always,
        static () => LabelPredicate.Never,
        static () => Label("app", "web"),
        static () => Label("app", "db"),
        static () => Label("tier", "web"),
        static () => Label("app", "web", "db"),
        static () => new LabelPredicate.Label(LabelOwner.Namespace, "app", LabelTest.In, ["web"]),
        static () => new LabelPredicate.Label(LabelOwner.Pod, "app", LabelTest.StartsWith, ["web"]),
        static () => new LabelPredicate.Label(LabelOwner.Pod, "app", LabelTest.Exists, []),
        static () => new LabelPredicate.Not(Label("app", "web")),
        static () => new LabelPredicate.Not(Label("app", "db")),
        static () => new LabelPredicate.AllOf([Label("app", "web"), Label("tier", "web")]),
        static () => new LabelPredicate.AnyOf([Label("app", "web"), Label("tier", "web")]),
        static () => new LabelPredicate.AllOf([Label("tier", "web"), Label("app", "web")]),
        static () => new LabelPredicate.AllOf([new LabelPredicate.AnyOf([Label("app", "web")]), Label("tier", "web")]),
        static () => new LabelPredicate.InNamespace("web"),
        static () => new LabelPredicate.InNamespace("db"),
        static () => new LabelPredicate.HasServiceAccount(["web"]),
        static () => new LabelPredicate.HasServiceAccount(["db"]),
        static () => new LabelPredicate.HasServiceAccount(["web"]) { Test = LabelTest.EndsWith },
        static () => new LabelPredicate.IsOneOf([new ObjectReference("Pod", "web", "a")]),
        static () => new LabelPredicate.IsOneOf([new ObjectReference("Pod", "web", "b")]),
    ];

    [Fact]
    public void Conditions_made_alike_are_the_same_and_no_others()
    {
        var comparer = LabelPredicateComparer.Instance;
        for (var i = 0; i < Different.Length; i++)
        {
            for (var j = 0; j < Different.Length; j++)
            {
                var (a, b) = (Different[i](), Different[j]());
                Assert.Equal(i == j, comparer.Equals(a, b));
                Assert.True(i != j || comparer.GetHashCode(a) == comparer.GetHashCode(b));
            }
        }
    }

    private static LabelPredicate.Label Label(string key, params string[] values) => new(LabelOwner.Pod, key, LabelTest.In, [.. values]);
}
