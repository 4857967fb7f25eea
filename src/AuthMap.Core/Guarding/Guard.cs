using AuthMap.Planning;

namespace AuthMap.Guarding;

/// <summary>Says no when a change would harm or help nobody.</summary>
public static class Guard
{
    /// <summary>Why a plan should not be carried out without being forced, a line each; empty when nothing speaks against it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What is known beside the map.</param>
    public static IReadOnlyList<string> Check(Plan plan, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        return plan.Steps.Count > 0 && facts.Mode == AuthenticationMode.Api
            ? ["the cluster's authentication mode is API: it lets people in by access entries alone, and nobody reads aws-auth"]
            : [];
    }
}
