"""Phone calls: `machine.react` decides (pure), `stepping` loads, applies and answers, `placing` rings patients up."""
