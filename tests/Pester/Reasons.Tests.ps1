BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cluster = Get-NetPolSnapshot $ThreeTier
}

Describe 'Get-NetPolReachability -Explain' {
    It 'says of what is allowed which rule allows it, with its line' {
        $explained = $cluster | Get-NetPolReachability -From api -To db -Explain
        $explained.Explanation.Egress.IsIsolated | Should -BeFalse
        $match = $explained.Explanation.Ingress.Matches[0]
        $match.Rule.Policy.Name | Should -Be 'shop/db'
        $match.Rule.Path | Should -Be 'spec.ingress[0]'
        Get-Content $match.Rule.Location.File | Select-Object -Index ($match.Rule.Location.Line - 1) | Should -Match '- from:'
    }

    It 'says of what is denied what the nearest rule lacks' {
        $explained = $cluster | Get-NetPolReachability -From web -To db -IncludeDenied -Explain
        $explained.Verdict | Should -Be 'Denied'
        $explained.Explanation.Ingress.NearMisses[0].Lacks | Should -Be 'the pod had tier=backend'
        $explained | Out-String | Should -Match 'shop/db spec.ingress\[0\] .* would match if the pod had tier=backend'
    }

    It 'does not explain whole namespaces' {
        { $cluster | Get-NetPolReachability -By Namespace -Explain -ErrorAction Stop } | Should -Throw '*no namespace as a whole*'
    }

    It 'leaves connections without reasons as they are' {
        ($cluster | Get-NetPolReachability -To db).PSObject.Properties.Name | Should -Not -Contain 'Explanation'
    }
}

Describe 'Test-NetPolReachability' {
    It 'is <Expected> from <From> to <To> on <Port>' -ForEach @(
        @{ From = 'shop/api'; To = 'shop/db'; Port = 3306; Expected = $true }
        @{ From = 'shop/api'; To = 'shop/db'; Port = 80; Expected = $false }
        @{ From = 'shop/web'; To = 'shop/db'; Port = 3306; Expected = $false }
        @{ From = 'shop/*'; To = 'shop/db'; Port = 3306; Expected = $true }
        @{ From = 'tier=frontend'; To = 'api'; Port = 5000; Expected = $true }
        @{ From = '203.0.113.7'; To = 'web'; Port = 80; Expected = $true }
        @{ From = '203.0.113.7'; To = 'db'; Port = 3306; Expected = $false }
    ) {
        $answer = $cluster | Test-NetPolReachability -From $From -To $To -Port $Port -Protocol TCP
        $answer | Should -BeOfType [bool]
        $answer | Should -Be $Expected
    }

    It 'asks about any port when none is named' {
        $cluster | Test-NetPolReachability -From shop/api -To shop/db | Should -BeTrue
    }

    It 'is an error and no answer when a name matches <What>' -ForEach @(
        @{ What = 'nothing'; From = 'nobody'; Id = 'NoMatch' }
        @{ What = 'several workloads'; From = '*b'; Id = 'AmbiguousName' }
    ) {
        $problem = { $cluster | Test-NetPolReachability -From $From -To shop/api -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "$Id,*" -PassThru
        $problem.CategoryInfo.Category | Should -Be ($Id -eq 'NoMatch' ? 'ObjectNotFound' : 'InvalidArgument')
    }

    It 'tells the reasons to those who look' {
        $told = $cluster | Test-NetPolReachability -From shop/web -To shop/db -Verbose 4>&1
        "$told" | Should -Match 'would match if the pod had tier=backend'
    }
}
