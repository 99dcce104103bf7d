using FsCheck;
using FsCheck.Fluent;

namespace NetPolTools.Tests.Support;

/// <summary>Runs a property over many examples. What fails names the smallest example found and the seed that makes it again.</summary>
internal static class Always
{
    public static void Holds<T>(Arbitrary<T> examples, int count, Action<T> property) =>
        Prop.ForAll(examples, property).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    public static void Holds<T>(Gen<T> examples, int count, Action<T> property) => Holds(Arb.From(examples), count, property);
}
