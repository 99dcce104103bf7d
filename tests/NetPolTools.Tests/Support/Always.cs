using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace NetPolTools.Tests.Support;

/// <summary>Runs a property over many examples. What fails names the smallest example found and the seed that makes it again: see <see
/// cref="Seeds"/>.</summary>
internal static class Always
{
    private const int SampleSize = 100;

    /// <param name="examples">How to make them.</param>
    /// <param name="count">How many.</param>
    /// <param name="property">Throws where it does not hold.</param>
    /// <param name="name">Of the test: its examples are its own.</param>
    public static void Holds<T>(Arbitrary<T> examples, int count, Action<T> property, [CallerMemberName] string name = "") =>
        Holds(examples, count, property, name, Seeds.OfRun);

    /// <inheritdoc cref="Holds{T}(Arbitrary{T}, int, Action{T}, string)"/>
    public static void Holds<T>(Gen<T> examples, int count, Action<T> property, [CallerMemberName] string name = "") =>
        Holds(Arb.From(examples), count, property, name);

    /// <inheritdoc cref="Holds{T}(Arbitrary{T}, int, Action{T}, string)"/>
    /// <param name="run">The seed of the run.</param>
    public static void Holds<T>(Arbitrary<T> examples, int count, Action<T> property, string name, ulong run) => Naming(run, () =>
        Prop.ForAll(examples, property).Check(
            Config.QuickThrowOnFailure.WithMaxTest(count * ExampleCount.Times).WithReplay(new Replay(RandomOf(name, run), null))));

    /// <summary>Runs a property over examples that are there.</summary>
    public static void HoldsOf<T>(IEnumerable<T> examples, Action<T> property) => Naming(Seeds.OfRun, () =>
    {
        foreach (var example in examples)
            property(example);
    });

    /// <summary>Some examples; the same for the same name and seed of the run.</summary>
    public static T[] Samples<T>(Gen<T> examples, int count, string name) => [.. examples.Sample(count, RandomOf(name, Seeds.OfRun), SampleSize)];

    private static Rnd RandomOf(string name, ulong run) => new(Seeds.Of(name, run));

    private static void Naming(ulong run, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e)
        {
            throw new XunitException($"{e.Message}\n{Seeds.Variable}={run} makes these examples again.", e);
        }
    }
}
