using System.Reflection;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>
/// What cmdlets give cannot be changed. PowerShell does not know init: it sets every property with a public setter, and writes into every array. Whether the
/// lists of real objects can be written to is tried in a real PowerShell, by Immutable.Tests.ps1.
/// </summary>
public sealed class ImmutabilityTests
{
    private static readonly Assembly[] Ours = [typeof(Commands.NetPolCommand).Assembly, typeof(Objects.NetworkPolicy).Assembly];

    /// <summary>Every type of ours that a script gets to from what cmdlets say they give, by properties and by what lists hold.</summary>
    public static TheoryData<string> Given => [.. Reached().Select(static type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Given))]
    public void No_property_has_a_setter_that_PowerShell_would_call(string type)
    {
        const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance;
        Assert.DoesNotContain(Find(type).GetProperties(Visible), static property =>
            property.GetSetMethod(nonPublic: true) is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true });
        Assert.DoesNotContain(Find(type).GetFields(Visible), static field => !field.IsInitOnly);
    }

    [Theory]
    [MemberData(nameof(Given))]
    public void No_property_is_of_a_type_that_is_made_to_be_written_to(string type) => Assert.DoesNotContain(
        Find(type).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.PropertyType),
        static found => found.IsArray
            || (found.IsGenericType && found.GetGenericTypeDefinition() is var list
                && (list == typeof(List<>) || list == typeof(IList<>) || list == typeof(ICollection<>) || list == typeof(HashSet<>)
                    || list == typeof(ISet<>) || list == typeof(Dictionary<,>) || list == typeof(IDictionary<,>))));

    [Theory]
    [MemberData(nameof(Given))]
    public void What_a_property_chooses_among_is_a_word_and_no_number(string type) => Assert.DoesNotContain(
        Find(type).GetProperties(BindingFlags.Public | BindingFlags.Instance), static property => property.PropertyType.IsEnum);

    [Fact]
    public void The_search_gets_from_a_policy_to_its_peers_and_from_an_explanation_to_its_rules()
    {
        var reached = Reached().ToHashSet();
        Assert.Superset(
            new HashSet<Type>
            {
                typeof(Objects.IPBlock), typeof(Objects.LabelSelectorRequirement), typeof(Dialects.AdminTiers.AdminPort), typeof(Explaining.RuleMatch),
                typeof(Output.NetPolPod), typeof(Output.NetPolPeers),
            },
            reached);
    }

    private static Type Find(string name) => Ours.Select(assembly => assembly.GetType(name)).OfType<Type>().Single();

    private static HashSet<Type> Reached()
    {
        var reached = new HashSet<Type>();
        var next = new Queue<Type>(Cmdlets.All.SelectMany(static cmdlet => cmdlet.OutputTypes)
            .Select(static name => Ours.Select(assembly => assembly.GetType(name)).FirstOrDefault(static type => type is not null)).OfType<Type>());
        while (next.TryDequeue(out var type))
        {
            foreach (var part in type.GetGenericArguments().Append(type.GetElementType()).OfType<Type>())
                next.Enqueue(part);
            if (!Ours.Contains(type.Assembly) || type.IsEnum || type.IsGenericType || !reached.Add(type))
                continue;
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                next.Enqueue(property.PropertyType);
            foreach (var derived in type.IsAbstract ? Ours.SelectMany(static assembly => assembly.GetTypes()).Where(type.IsAssignableFrom) : [])
                next.Enqueue(derived);
        }

        return reached;
    }
}
